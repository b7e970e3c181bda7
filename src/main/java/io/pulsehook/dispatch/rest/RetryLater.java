package io.pulsehook.dispatch.rest;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.ClassUtils;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

import io.pulsehook.RetryLaterException;

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
		// The causes of an exception can form a circle.
		Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		for (Throwable cause = thrown; cause != null && seen.add(cause); cause = cause.getCause()) {
			Duration pause = asked(cause, now);
			if (pause != null) {
				return Optional.of(new RetryLaterException(pause).getPause());
			}
		}
		return Optional.empty();
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

	private static @Nullable Duration asked(HttpStatusCode status, @Nullable HttpHeaders headers, Instant now) {
		boolean pausing = status.isSameCodeAs(HttpStatus.TOO_MANY_REQUESTS)
				|| status.isSameCodeAs(HttpStatus.SERVICE_UNAVAILABLE);
		String value = (pausing && headers != null) ? headers.getFirst(HttpHeaders.RETRY_AFTER) : null;
		return (value != null) ? RetryAfter.parse(value, now) : null;
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
