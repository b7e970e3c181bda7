package io.pulsehook.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

import io.pulsehook.dispatch.handler.HandlerSettings.Ordering;
import io.pulsehook.inbox.model.Rate;

/**
 * The settings of one handler; those that are {@code null} are as its annotation or the
 * defaults say.
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
 * @param concurrency How many deliveries run at once in each process.
 * @param ordering Whether deliveries of one contact or payment order run one after the
 * other.
 * @param filter Which events of its type it receives, as patterns by their key, such as
 * filter.title=Reserved*. None means all.
 * @param rate How many deliveries may begin within a time over all replicas together,
 * such as 5/s, 100/10s or 60/m.
 * @param breaker After how many failures in a row, of at least three contacts or payment
 * orders, it rests. 0 means never.
 * @param quiet Time for which a contact has to be quiet before a burst handler receives
 * what it sent.
 * @param maxWait Longest time that a burst handler waits after the first event of a
 * burst.
 * @param maxEvents Most events that a burst handler receives at once.
 */
public record HandlerOverrides(@Nullable @Min(0) @Max(1000) Integer maxRetries,
		@Nullable @DurationMin(millis = 1) Duration delay, @Nullable @DecimalMin("1") Double multiplier,
		@Nullable @DurationMin(millis = 1) Duration maxDelay, @Nullable @DurationMin Duration jitter,
		@Nullable List<Class<? extends Throwable>> includes, @Nullable List<Class<? extends Throwable>> excludes,
		@Nullable @DurationMin(millis = 1) Duration timeout, @Nullable @Min(1) @Max(256) Integer concurrency,
		@Nullable Ordering ordering, @Nullable Map<String, @NotEmpty List<@NotBlank String>> filter,
		@Nullable Rate rate, @Nullable @Min(0) Integer breaker, @Nullable @DurationMin(millis = 1) Duration quiet,
		@Nullable @DurationMin(millis = 1) Duration maxWait, @Nullable @Min(1) @Max(1000) Integer maxEvents) {

	/** Changes nothing. */
	public static final HandlerOverrides NONE = new HandlerOverrides(null, null, null, null, null, null, null, null,
			null, null, null, null, null, null, null, null);

	static HandlerOverrides ofTimeout(Duration timeout) {
		return new HandlerOverrides(null, null, null, null, null, null, null, timeout, null, null, null, null, null,
				null, null, null);
	}

}
