package io.pulsehook.dispatch.handler;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationStyle;

import io.pulsehook.inbox.model.Rate;

/**
 * How a handler's deliveries are run and tried again.
 *
 * @param maxRetries How often a failed delivery is tried again before it is a dead
 * letter.
 * @param delay Pause before the first retry.
 * @param multiplier By how much each pause is longer than the one before.
 * @param maxDelay Longest pause.
 * @param jitter By how much the first pause varies at random, later ones in proportion.
 * @param includes Exceptions that are worth a retry, also as a cause. None means all.
 * @param excludes Exceptions that are not worth a retry, also as a cause. The delivery is
 * a dead letter at once.
 * @param timeout Time that an attempt may take before it is interrupted and has failed.
 * @param concurrency How many deliveries of a handler run at once in each process.
 * @param ordering Whether deliveries of one contact or payment order run one after the
 * other.
 * @param filter Which events of its type a handler receives, as patterns by their key,
 * such as filter.title=Reserved*. None means all.
 * @param rate How many deliveries may begin within a time over all replicas together,
 * such as 5/s, 100/10s or 60/m. Not limited unless it is set.
 * @param breaker After how many failures in a row, of at least three contacts or payment
 * orders, a handler rests. 0 means never.
 * @param quiet Time for which a contact has to be quiet before a burst handler receives
 * what it sent.
 * @param maxWait Longest time that a burst handler waits after the first event of a
 * burst.
 * @param maxEvents Most events that a burst handler receives at once.
 */
public record HandlerSettings(@DefaultValue("16") @Min(0) @Max(1000) int maxRetries,
		@DefaultValue("1s") @DurationMin(millis = 1) Duration delay,
		@DefaultValue("3") @DecimalMin("1") double multiplier,
		@DefaultValue("1h") @DurationMin(millis = 1) Duration maxDelay,
		@DefaultValue("1s") @DurationMin Duration jitter, @DefaultValue List<Class<? extends Throwable>> includes,
		@DefaultValue List<Class<? extends Throwable>> excludes,
		@DefaultValue("60s") @DurationMin(millis = 1) Duration timeout,
		@DefaultValue("8") @Min(1) @Max(256) int concurrency, @DefaultValue("key") Ordering ordering,
		@DefaultValue Map<String, @NotEmpty List<@NotBlank String>> filter, @Nullable Rate rate,
		@DefaultValue("20") @Min(0) int breaker, @DefaultValue("10s") @DurationMin(millis = 1) Duration quiet,
		@DefaultValue("60s") @DurationMin(millis = 1) Duration maxWait,
		@DefaultValue("100") @Min(1) @Max(1000) int maxEvents) {

	/**
	 * Checks what the constraints of single properties cannot express.
	 * @throws IllegalArgumentException if times contradict each other
	 */
	public HandlerSettings {
		requireNotShorter("max-delay", maxDelay, "delay", delay);
		requireNotShorter("max-wait", maxWait, "quiet", quiet);
	}

	private static void requireNotShorter(String longer, Duration most, String shorter, Duration least) {
		if (most.compareTo(least) < 0) {
			throw new IllegalArgumentException(
					"%s is %s, but must not be shorter than %s, which is %s. Set both, or change one.".formatted(longer,
							written(most), shorter, written(least)));
		}
	}

	private static String written(Duration time) {
		return DurationStyle.SIMPLE.print(time, (time.toMillisPart() != 0) ? ChronoUnit.MILLIS : ChronoUnit.SECONDS);
	}

	/**
	 * Returns the same settings with another filter.
	 * @param filter the patterns by the key that they are for
	 * @return the settings
	 */
	public HandlerSettings withFilter(Map<String, List<String>> filter) {
		return new HandlerSettings(this.maxRetries, this.delay, this.multiplier, this.maxDelay, this.jitter,
				this.includes, this.excludes, this.timeout, this.concurrency, this.ordering, filter, this.rate,
				this.breaker, this.quiet, this.maxWait, this.maxEvents);
	}

	/**
	 * Returns the same settings for a handler that runs one delivery at a time.
	 * @return the settings
	 */
	public HandlerSettings oneAtATime() {
		return new HandlerSettings(this.maxRetries, this.delay, this.multiplier, this.maxDelay, this.jitter,
				this.includes, this.excludes, this.timeout, 1, this.ordering, this.filter, this.rate, this.breaker,
				this.quiet, this.maxWait, this.maxEvents);
	}

	/**
	 * The order in which a handler's deliveries run.
	 */
	public enum Ordering {

		/**
		 * Deliveries of one contact run one after the other, or of one order for
		 * payments.
		 */
		@JsonProperty("key")
		KEY,

		/** Deliveries run in any order. */
		@JsonProperty("none")
		NONE

	}

}
