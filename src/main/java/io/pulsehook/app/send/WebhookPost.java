package io.pulsehook.app.send;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Posts to a URL that may have a token in it. The token is never printed, and is removed
 * from the answer too, because a server may quote the path that it does not know.
 */
final class WebhookPost {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final int MOST_SHOWN = 1000;

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(TIMEOUT)
		.build();

	private final URI url;

	WebhookPost(URI url) {
		this.url = url;
	}

	Answer post(byte[] body) {
		HttpRequest request = HttpRequest.newBuilder(this.url)
			.timeout(TIMEOUT)
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofByteArray(body))
			.build();
		try {
			HttpResponse<String> response = this.client.send(request, BodyHandlers.ofString());
			return new Answer(response.statusCode(),
					response.statusCode() + " " + discreet(response.body()).strip().replaceAll("\\p{Cntrl}+", " "));
		}
		catch (IOException ex) {
			return new Answer(0, "no answer. Is something listening there?");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return new Answer(0, "interrupted");
		}
	}

	private String discreet(String answer) {
		String discreet = answer;
		for (String secret : secrets().toList()) {
			discreet = discreet.replace(secret, "<token>");
		}
		return (discreet.length() > MOST_SHOWN) ? discreet.substring(0, MOST_SHOWN) + "…" : discreet;
	}

	// Returns what may be a token: the query and the last part of the path, both encoded
	// and decoded.
	private Stream<String> secrets() {
		return Stream
			.of(this.url.getRawQuery(), this.url.getQuery(), last(this.url.getRawPath()), last(this.url.getPath()))
			.filter(Objects::nonNull)
			.filter((secret) -> !secret.isEmpty());
	}

	private static String last(String path) {
		String trimmed = path.replaceFirst("/+$", "");
		return trimmed.substring(trimmed.lastIndexOf('/') + 1);
	}

	/**
	 * Names the server without the path.
	 */
	@Override
	public String toString() {
		return this.url.getScheme() + "://" + this.url.getAuthority();
	}

	/**
	 * What was answered.
	 *
	 * @param status the status, 0 if nobody answered
	 * @param text what to print of it
	 */
	record Answer(int status, String text) {

		boolean isTaken() {
			return this.status >= 200 && this.status < 300;
		}

	}

}
