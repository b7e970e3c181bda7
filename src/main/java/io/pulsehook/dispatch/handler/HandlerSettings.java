package io.pulsehook.dispatch.handler;

import java.time.Duration;
import java.util.List;

import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a handler's deliveries are run and tried again.
 *
 * @param maxRetries How often a failed delivery is tried again before it is dead.
 * @param delay Pause before the first retry.
 * @param multiplier By how much each pause is longer than the one before.
 * @param maxDelay Longest pause.
 * @param jitter By how much the first pause varies at random, later ones in proportion.
 * @param includes Exceptions that are worth a retry, also as a cause. None means all.
 * @param excludes Exceptions that are not worth a retry, also as a cause.
 * @param timeout Time that an attempt may take before it is interrupted and has failed.
 * @param concurrency How many deliveries of a handler run at once.
 * @param ordering Whether deliveries of one contact or payment order run one after the
 * other.
 */
public record HandlerSettings(@DefaultValue("16") @Min(0) @Max(1000) int maxRetries,
		@DefaultValue("1s") @DurationMin(millis = 1) Duration delay,
		@DefaultValue("3") @DecimalMin("1") double multiplier,
		@DefaultValue("1h") @DurationMin(millis = 1) Duration maxDelay,
		@DefaultValue("1s") @DurationMin Duration jitter, @DefaultValue List<Class<? extends Throwable>> includes,
		@DefaultValue List<Class<? extends Throwable>> excludes,
		@DefaultValue("60s") @DurationMin(millis = 1) Duration timeout,
		@DefaultValue("8") @Min(1) @Max(256) int concurrency, @DefaultValue("key") Ordering ordering) {

	/**
	 * Checks what the constraints of single properties cannot express.
	 * @throws IllegalArgumentException if the pauses contradict each other
	 */
	public HandlerSettings {
		if (maxDelay.compareTo(delay) < 0) {
			throw new IllegalArgumentException("max-delay is " + maxDelay
					+ ", but must not be shorter than delay, which is " + delay + ". Set both, or change one.");
		}
	}

	/**
	 * The order in which a handler's deliveries run.
	 */
	public enum Ordering {

		/**
		 * Deliveries of one contact run one after the other, or of one order for
		 * payments.
		 */
		KEY,

		/** Deliveries run in any order. */
		NONE

	}

}
