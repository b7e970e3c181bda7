package io.pulsehook.destination.http;

import java.net.http.HttpClient.Version;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.JdkClientHttpRequestFactoryBuilder;
import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * The HTTP clients that posts are sent with. The application configures them as it does
 * its own, by {@code spring.http.clients.*}. Posts with the same timeout share a client
 * and its connections.
 */
public final class HttpClients {

	/** Nobody who is there needs longer, and the rest of the time is for the answer. */
	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

	private final ClientHttpRequestFactoryBuilder<?> builder;

	private final HttpClientSettings settings;

	private final InstantSource clock;

	private final Map<Duration, ClientHttpRequestFactory> clients = new ConcurrentHashMap<>();

	/**
	 * Creates the clients.
	 * @param builder builds them
	 * @param settings the application's settings for all of its clients. Its redirects
	 * and its read timeout are replaced
	 * @param clock the time at which posts are signed and pauses begin
	 */
	public HttpClients(ClientHttpRequestFactoryBuilder<?> builder, HttpClientSettings settings, InstantSource clock) {
		this.builder = adapted(builder);
		this.settings = settings.withRedirects(HttpRedirects.DONT_FOLLOW);
		this.clock = clock;
	}

	// A request for HTTP/2 over plain HTTP asks for an upgrade, which servers of Node
	// take for a WebSocket. An answer is not worth unpacking, because a kilobyte of it is
	// shown.
	private static ClientHttpRequestFactoryBuilder<?> adapted(ClientHttpRequestFactoryBuilder<?> builder) {
		return (builder instanceof JdkClientHttpRequestFactoryBuilder jdk)
				? jdk.withHttpClientCustomizer((client) -> client.version(Version.HTTP_1_1))
					.withCustomizer((factory) -> factory.enableCompression(false))
				: builder;
	}

	/**
	 * Returns a sender.
	 * @param timeout how long it waits for an answer
	 * @return the sender
	 */
	public HttpPost post(Duration timeout) {
		return new HttpPost(this.clients.computeIfAbsent(timeout, this::client), this.clock);
	}

	/**
	 * Returns the clock.
	 * @return the time at which posts are signed
	 */
	public InstantSource clock() {
		return this.clock;
	}

	private ClientHttpRequestFactory client(Duration timeout) {
		Duration connect = this.settings.connectTimeout();
		if (connect == null) {
			connect = (timeout.compareTo(CONNECT_TIMEOUT) < 0) ? timeout : CONNECT_TIMEOUT;
		}
		return this.builder.build(this.settings.withTimeouts(connect, timeout));
	}

}
