package io.pulsehook.dispatch.attempt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.springframework.core.retry.RetryPolicy;
import org.springframework.util.backoff.BackOffExecution;

import io.pulsehook.UnrecoverableEventException;
import io.pulsehook.dispatch.handler.HandlerSettings;

/**
 * Decides when a failed delivery is tried again, if at all. The pauses are those of
 * Spring's retry policy. They are computed from the stored number of attempts alone, so
 * that they continue after a restart.
 */
final class Retries {

	private final int maxRetries;

	private final RetryPolicy policy;

	Retries(HandlerSettings settings) {
		this.maxRetries = settings.maxRetries();
		List<Class<? extends Throwable>> excludes = new ArrayList<>(settings.excludes());
		excludes.add(UnrecoverableEventException.class);
		this.policy = RetryPolicy.builder()
			.maxRetries(settings.maxRetries())
			.delay(settings.delay())
			.multiplier(settings.multiplier())
			.maxDelay(settings.maxDelay())
			.jitter(settings.jitter())
			.includes(settings.includes())
			.excludes(excludes)
			.build();
	}

	/**
	 * Tells whether another attempt can help.
	 * @param failure what the handler threw, which is judged together with its causes
	 */
	boolean isWorthRetrying(Throwable failure) {
		return this.policy.shouldRetry(failure);
	}

	/**
	 * Tells whether there is no other attempt after a failure.
	 * @param failures how many failures have spent a retry, this one included
	 */
	boolean areUsedUpBy(int failures) {
		return failures > this.maxRetries;
	}

	/**
	 * Returns the pause before the next attempt.
	 * @param failures how many failures have spent a retry, 1 for the first
	 */
	Duration pauseAfter(int failures) {
		BackOffExecution pauses = this.policy.getBackOff().start();
		long millis = 0;
		for (int i = 0; i < failures; i++) {
			millis = pauses.nextBackOff();
		}
		return Duration.ofMillis(millis);
	}

}
