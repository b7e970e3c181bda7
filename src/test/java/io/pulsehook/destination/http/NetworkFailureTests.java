package io.pulsehook.destination.http;

import java.io.IOException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.http.HttpConnectTimeoutException;
import java.security.cert.CertificateException;
import java.time.Duration;

import javax.net.ssl.SSLHandshakeException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the words for failures that a test cannot have of a real network.
 */
class NetworkFailureTests {

	private static final Duration PASSED = Duration.ofMillis(15_020);

	@Test
	void saysWhatHappened() {
		assertThat(text(new HttpConnectTimeoutException("to secret.example")))
			.isEqualTo("There was no connection within 15 s.");
		assertThat(text(new SocketTimeoutException("secret"))).isEqualTo("There was no answer within 15 s.");
		assertThat(text(new NoRouteToHostException("secret"))).isEqualTo("The host cannot be reached.");
		assertThat(text(new InterruptedException("secret"))).isEqualTo("The post was interrupted.");
		assertThat(text(new CertificateException("secret")))
			.isEqualTo("The certificate of the other system is not trusted.");
		assertThat(text(new SSLHandshakeException("secret"))).isEqualTo("There was no encrypted connection.");
	}

	@Test
	void measuresShortTimesInMilliseconds() {
		assertThat(NetworkFailure.text(new SocketTimeoutException(), Duration.ofMillis(250)))
			.isEqualTo("There was no answer within 250 ms.");
	}

	@Test
	void namesTheClassOfAnythingElse() {
		IOException one = new IOException("secret");
		IOException other = new IOException("secret", one);
		one.initCause(other);
		assertThat(NetworkFailure.text(one, PASSED)).isEqualTo("The post failed with IOException.");
	}

	private static String text(Exception cause) {
		return NetworkFailure.text(new IOException("secret", cause), PASSED);
	}

}
