package io.pulsehook.dispatch.lane;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.util.backoff.BackOffExecution;

import io.pulsehook.UnrecoverableEventException;
import io.pulsehook.dispatch.handler.HandlerSettings;

/**
 * Decides when a failed delivery is tried again, if at all. The pauses are those of
 * Spring's retry policy. They are computed from the stored number of attempts alone, so
 * that they continue after a restart.
 */
public final class Retries {

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
	 * Returns the pause before the next attempt.
	 * @param attempt the number of the failure that spends a retry, 1 for the first
	 * @param failure what the handler threw, which is judged together with its causes
	 * @return the pause, or {@code null} if there is no other attempt
	 */
	@Nullable Duration pauseAfter(int attempt, Throwable failure) {
		if (attempt > this.maxRetries || !this.policy.shouldRetry(failure)) {
			return null;
		}
		BackOffExecution pauses = this.policy.getBackOff().start();
		long millis = 0;
		for (int i = 0; i < attempt; i++) {
			millis = pauses.nextBackOff();
		}
		return Duration.ofMillis(millis);
	}

}
