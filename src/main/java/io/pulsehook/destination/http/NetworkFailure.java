package io.pulsehook.destination.http;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;

/**
 * Why a post got no answer, in words of our own: the messages of the exceptions have the
 * host or the URL.
 */
enum NetworkFailure {

	INTERRUPTED("The post was interrupted.", InterruptedException.class),

	UNKNOWN_HOST("The host was not found.", UnknownHostException.class, UnresolvedAddressException.class),

	NO_CONNECTION("There was no connection within %s.", HttpConnectTimeoutException.class),

	NO_ANSWER("There was no answer within %s.", HttpTimeoutException.class, SocketTimeoutException.class),

	UNREACHABLE("The host cannot be reached.", NoRouteToHostException.class),

	REFUSED("The connection was refused.", ConnectException.class),

	CERTIFICATE("The certificate of the other system is not trusted.", CertificateException.class),

	TLS("There was no encrypted connection.", SSLException.class),

	CLOSED("The connection was closed before there was an answer.", EOFException.class, SocketException.class),

	OTHER("The post failed with %s.");

	// The causes of an exception can form a circle.
	private static final int MOST_CAUSES = 20;

	private final String text;

	private final List<Class<? extends Exception>> types;

	@SafeVarargs
	NetworkFailure(String text, Class<? extends Exception>... types) {
		this.text = text;
		this.types = List.of(types);
	}

	/**
	 * Says why there was no answer.
	 * @param thrown what the client threw
	 * @param passed the time after which it did
	 * @return a sentence without host or URL
	 */
	static String text(Throwable thrown, Duration passed) {
		List<Throwable> causes = Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
			.limit(MOST_CAUSES)
			.toList();
		NetworkFailure failure = Arrays.stream(values())
			.filter((candidate) -> causes.stream().anyMatch(candidate::matches))
			.findFirst()
			.orElse(OTHER);
		Object detail = (failure == OTHER) ? thrown.getClass().getSimpleName() : inWords(passed);
		return failure.text.formatted(detail);
	}

	private boolean matches(Throwable cause) {
		return this.types.stream().anyMatch((type) -> type.isInstance(cause));
	}

	private static String inWords(Duration passed) {
		return (passed.toSeconds() > 0) ? passed.toSeconds() + " s" : passed.toMillis() + " ms";
	}

}
