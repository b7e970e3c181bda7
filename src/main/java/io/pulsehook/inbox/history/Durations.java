package io.pulsehook.inbox.history;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How long something took, over many deliveries. The two percentiles are exact to three
 * percent.
 *
 * @param deliveries of how many deliveries it is known
 * @param half what half of them took at most; {@code null} if it is known of none
 * @param most what 95 of 100 took at most, or {@code null} likewise
 * @param longest what the slowest took, or {@code null} likewise
 */
public record Durations(long deliveries, @Nullable Duration half, @Nullable Duration most, @Nullable Duration longest) {

	/** No delivery of which it would be known. */
	public static final Durations NONE = new Durations(0, null, null, null);

	static Durations of(DurationTally tally) {
		return new Durations(tally.total(), tally.percentile(0.5), tally.percentile(0.95), tally.longest());
	}

}
