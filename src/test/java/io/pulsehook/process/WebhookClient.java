package io.pulsehook.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * A client that posts to one webhook URL and never repeats a post by itself. Many threads
 * may share it.
 */
final class WebhookClient {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(TIMEOUT)
		.build();

	private final URI uri;

	private final Duration timeout;

	WebhookClient(URI uri) {
		this(uri, TIMEOUT);
	}

	private WebhookClient(URI uri, Duration timeout) {
		this.uri = uri;
		this.timeout = timeout;
	}

	// Returns a client that waits no longer than this for an answer.
	WebhookClient within(Duration patience) {
		return new WebhookClient(this.uri, patience);
	}

	HttpResponse<String> post(String body) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(this.uri)
			.timeout(this.timeout)
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(body))
			.build();
		return client.send(request, BodyHandlers.ofString());
	}

}
