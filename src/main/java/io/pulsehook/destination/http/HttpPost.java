package io.pulsehook.destination.http;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;

import io.pulsehook.RetryLaterException;
import io.pulsehook.dispatch.handler.DestinationException;
import io.pulsehook.dispatch.handler.DestinationGoneException;
import io.pulsehook.dispatch.rest.RetryLater;

/**
 * Posts to other systems and judges what they answer. It calls the client itself and not
 * through {@code RestClient}, because an application may have that one observed, and then
 * the URL, which can be a secret, would get into metrics and spans.
 */
public final class HttpPost {

	private final ClientHttpRequestFactory client;

	private final InstantSource clock;

	private final List<String> secrets;

	/**
	 * Creates a sender.
	 * @param client the client, which follows no redirect and has its timeouts set
	 * @param clock the time that a date in {@code Retry-After} is compared with
	 */
	public HttpPost(ClientHttpRequestFactory client, InstantSource clock) {
		this(client, clock, List.of());
	}

	private HttpPost(ClientHttpRequestFactory client, InstantSource clock, Collection<String> secrets) {
		this.client = client;
		this.clock = clock;
		this.secrets = List.copyOf(secrets);
	}

	/**
	 * Returns a sender that hides more than the post's own URL and headers from what is
	 * shown of an answer.
	 * @param secrets what an answer may not show, such as what posts are signed with
	 * @return a sender with the same client
	 */
	public HttpPost hiding(Collection<String> secrets) {
		return new HttpPost(this.client, this.clock, secrets);
	}

	/**
	 * Posts.
	 * @param post what is posted
	 * @return the status of the answer, which is a success, such as
	 * {@code 204 No Content}
	 * @throws RetryLaterException if the answer is 429 or 503 and says when to try again
	 * @throws DestinationGoneException if the answer is 410
	 * @throws HttpStatusException if the answer has any other status that is no success
	 * @throws DestinationException if there is no answer; the message says why, without
	 * host or URL
	 */
	public String send(Post post) throws DestinationException {
		Answer answer = exchange(post);
		String status = line(answer.status());
		if (answer.status().is2xxSuccessful()) {
			return status;
		}
		String body = new Redaction(Secrets.of(post, this.secrets)).of(answer);
		String shown = body.isEmpty() ? status : status + "\n" + body;
		if (answer.status().isSameCodeAs(HttpStatus.GONE)) {
			throw new DestinationGoneException(message(answer.status()), shown);
		}
		HttpStatusException failure = new HttpStatusException(message(answer.status()), answer.status(), body, shown);
		Duration pause = RetryLater.asked(answer.status(), answer.headers(), this.clock.instant());
		if (pause != null) {
			throw new RetryLaterException(pause, failure);
		}
		throw failure;
	}

	private Answer exchange(Post post) throws DestinationException {
		long began = System.nanoTime();
		try (ClientHttpResponse response = request(post).execute()) {
			return Answer.read(response);
		}
		catch (IOException | RuntimeException ex) {
			Duration passed = Duration.ofNanos(System.nanoTime() - began);
			throw new DestinationException(NetworkFailure.text(ex, passed), null);
		}
	}

	private ClientHttpRequest request(Post post) throws IOException {
		ClientHttpRequest request = this.client.createRequest(post.url(), HttpMethod.POST);
		HttpHeaders headers = request.getHeaders();
		headers.set(HttpHeaders.USER_AGENT, "Pulsehook");
		post.headers().forEach(headers::set);
		// A receiver in PHP or behind a small proxy may not read a body of unknown
		// length.
		headers.setContentLength(post.body().length);
		request.getBody().write(post.body());
		return request;
	}

	private static String message(HttpStatusCode status) {
		return "The answer was " + line(status)
				+ (status.is3xxRedirection() ? ", and a redirect is not followed." : ".");
	}

	// The reason that the other system gives is not shown, because it can be any text.
	private static String line(HttpStatusCode status) {
		HttpStatus known = HttpStatus.resolve(status.value());
		return (known != null) ? known.value() + " " + known.getReasonPhrase() : Integer.toString(status.value());
	}

}
