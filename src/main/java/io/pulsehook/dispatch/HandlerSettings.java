package io.pulsehook.dispatch;

import java.time.Duration;
import java.util.List;

/**
 * How a handler's deliveries are run and tried again.
 *
 * @param maxRetries how often a failed delivery is tried again before it is dead
 * @param delay the pause before the first retry
 * @param multiplier by how much each pause is longer than the one before
 * @param maxDelay the longest pause
 * @param jitter by how much the first pause is varied at random, later ones in proportion
 * @param includes the exceptions that are worth a retry; none means all
 * @param excludes the exceptions that are not
 * @param timeout how long an attempt may take before it is interrupted
 * @param concurrency how many deliveries run at once
 * @param ordering whether deliveries of one contact or order run one after the other
 */
public record HandlerSettings(int maxRetries, Duration delay, double multiplier, Duration maxDelay, Duration jitter,
		List<Class<? extends Throwable>> includes, List<Class<? extends Throwable>> excludes, Duration timeout,
		int concurrency, Ordering ordering) {

	/**
	 * What a handler's deliveries are ordered by.
	 */
	public enum Ordering {

		/** By contact, or by order for payments. */
		KEY,

		/** Not at all. */
		NONE

	}

}
