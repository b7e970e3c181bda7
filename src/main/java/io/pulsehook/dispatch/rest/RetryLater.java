package io.pulsehook.dispatch.rest;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.ClassUtils;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

import io.pulsehook.PutOffException;
import io.pulsehook.RetryLaterException;
import io.pulsehook.failure.Causes;

/**
 * Recognises an exception with which a handler, or the system that it called, asks for a
 * pause.
 */
public final class RetryLater {

	private static final boolean WEB_CLIENT_PRESENT = ClassUtils.isPresent(
			"org.springframework.web.reactive.function.client.WebClientResponseException",
			RetryLater.class.getClassLoader());

	private RetryLater() {
	}

	/**
	 * Looks for a request for a pause in an exception and its causes.
	 * @param thrown what the handler threw
	 * @param now the time that a date in {@code Retry-After} is compared with
	 * @return the pause, from one second to one hour, or empty if none is asked for
	 */
	public static Optional<Duration> of(Throwable thrown, Instant now) {
		return Causes.of(thrown)
			.map((cause) -> asked(cause, now))
			.filter(Objects::nonNull)
			.findFirst()
			.map((pause) -> new RetryLaterException(pause).getPause());
	}

	/**
	 * Looks for a request to put off a single delivery in an exception and its causes.
	 * @param thrown what the handler threw
	 * @return the pause, from one second to one hour, or empty if none is asked for
	 */
	public static Optional<Duration> alone(Throwable thrown) {
		return Optional.ofNullable(Causes.find(thrown, PutOffException.class)).map(PutOffException::getPause);
	}

	/**
	 * Reads for how long the answer of a server asks for a pause.
	 * @param status the status of the answer
	 * @param headers the headers of the answer, or {@code null}
	 * @param now the time that a date in {@code Retry-After} is compared with
	 * @return the pause, possibly negative, or {@code null} unless the status is 429 or
	 * 503 and there is a {@code Retry-After} that can be read
	 */
	public static @Nullable Duration asked(HttpStatusCode status, @Nullable HttpHeaders headers, Instant now) {
		boolean pausing = status.isSameCodeAs(HttpStatus.TOO_MANY_REQUESTS)
				|| status.isSameCodeAs(HttpStatus.SERVICE_UNAVAILABLE);
		String value = (pausing && headers != null) ? headers.getFirst(HttpHeaders.RETRY_AFTER) : null;
		return (value != null) ? RetryAfter.parse(value, now) : null;
	}

	private static @Nullable Duration asked(Throwable cause, Instant now) {
		if (cause instanceof RetryLaterException later) {
			return later.getPause();
		}
		if (cause instanceof RestClientResponseException answer) {
			return asked(answer.getStatusCode(), answer.getResponseHeaders(), now);
		}
		return WEB_CLIENT_PRESENT ? WebClientAnswer.asked(cause, now) : null;
	}

	/**
	 * Is loaded only if WebClient is on the class path, since most applications have
	 * none.
	 */
	private static final class WebClientAnswer {

		static @Nullable Duration asked(Throwable cause, Instant now) {
			return (cause instanceof WebClientResponseException answer)
					? RetryLater.asked(answer.getStatusCode(), answer.getHeaders(), now) : null;
		}

	}

}
