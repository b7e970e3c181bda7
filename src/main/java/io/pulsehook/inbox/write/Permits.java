package io.pulsehook.inbox.write;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.ClaimRequest;
import io.pulsehook.inbox.model.Due;
import io.pulsehook.inbox.model.Rate;

/**
 * When a handler with a rate was last permitted to begin deliveries. From this follows
 * when it is permitted to begin more: no period of the rate ever has more permits than
 * the rate allows, and they are evenly spaced. All times are microseconds since 1970. An
 * instance does not change.
 */
public final class Permits {

	/** How many permits are remembered, whatever the rate. */
	static final int MAX_REMEMBERED = 64;

	/** Nothing was begun yet. */
	public static final Permits NONE = new Permits(new long[0]);

	/** Beyond this, sums of times could overflow. */
	private static final long LIMIT = Long.MAX_VALUE / 4;

	private static final long LONG_AGO = -2 * LIMIT;

	/** In ascending order. */
	private final long[] times;

	private Permits(long[] times) {
		this.times = times;
	}

	/**
	 * Reads permits that were stored.
	 * @param times what {@link #times()} returned
	 * @return the permits
	 */
	public static Permits of(Long[] times) {
		return new Permits(Arrays.stream(times)
			.mapToLong((time) -> Math.max(-LIMIT, Math.min(LIMIT, time)))
			.sorted()
			.skip(Math.max(0, times.length - MAX_REMEMBERED))
			.toArray());
	}

	/**
	 * Supposes, when nothing is known of the time before, that the handler has begun as
	 * much then as its rate allows.
	 * @param rate the handler's rate
	 * @param now until when that may have been
	 * @return permits from which the rate is kept in any case
	 */
	public static Permits exhausted(Rate rate, long now) {
		Pace pace = Pace.of(rate);
		long[] times = new long[pace.permits()];
		for (int distance = 0; distance < times.length; distance++) {
			times[times.length - 1 - distance] = now - Math.max(0, pace.gap(distance));
		}
		return new Permits(times);
	}

	/**
	 * Returns the times, to be stored.
	 * @return the time of each permit that is remembered, the oldest first
	 */
	public Long[] times() {
		return Arrays.stream(this.times).boxed().toArray(Long[]::new);
	}

	/**
	 * Claims as many deliveries as are permitted now. Those that are found take permits.
	 * @param request the claim
	 * @param rate the handler's rate
	 * @param now the time
	 * @param claims claims deliveries; it is not called if none is permitted
	 * @return the deliveries, when to look again, and the permits that are taken then
	 */
	public Taken claim(ClaimRequest request, Rate rate, long now, Function<ClaimRequest, Due> claims) {
		Pace pace = Pace.of(rate);
		Permits current = afterClockWasSet(pace, now);
		int available = current.available(pace, now);
		if (available == 0) {
			return new Taken(new Due(List.of(), true).pausedFor(current.pause(pace, now)), current);
		}
		Due due = claims.apply(request.atMost(available));
		Permits left = current.take(due.deliveries().size(), now);
		return new Taken(due.pausedFor(left.pause(pace, now)), left);
	}

	// If the clock was set back, the permits lie in the future. They are moved so that
	// the last one was taken now: nobody knows how long ago they were taken, and they
	// must not block the handler for longer than a period.
	private Permits afterClockWasSet(Pace pace, long now) {
		if (earliest(pace, 1) - now <= pace.period()) {
			return this;
		}
		long ahead = this.times[this.times.length - 1] - now;
		return new Permits(Arrays.stream(this.times).map((time) -> time - ahead).toArray());
	}

	private int available(Pace pace, long now) {
		int available = 0;
		while (available < pace.permits() && pace.gap(available) <= 0 && earliest(pace, available + 1) <= now) {
			available++;
		}
		return available;
	}

	private Permits take(int count, long now) {
		if (count == 0) {
			return this;
		}
		int size = Math.min(MAX_REMEMBERED, this.times.length + count);
		int kept = size - count;
		long[] taken = Arrays.copyOfRange(this.times, this.times.length - kept, this.times.length + count);
		// The clock may have been set back by a little.
		Arrays.fill(taken, kept, size, (kept > 0) ? Math.max(now, taken[kept - 1]) : now);
		return new Permits(taken);
	}

	private Duration pause(Pace pace, long now) {
		if (available(pace, now) > 0) {
			return Duration.ZERO;
		}
		return Duration.of(Math.min(pace.period(), earliest(pace, pace.refill()) - now), ChronoUnit.MICROS);
	}

	// Returns when as many may begin at once. Of the permits from one that was taken to
	// the last of these, there may be no more than those of a period in a period, and no
	// more than are evenly spaced in any other time.
	private long earliest(Pace pace, int count) {
		long earliest = LONG_AGO;
		for (int age = 1; age <= Math.min(this.times.length, pace.permits() - count + 1); age++) {
			earliest = Math.max(earliest, this.times[this.times.length - age] + pace.gap(age + count - 1));
		}
		return earliest;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Permits permits && Arrays.equals(this.times, permits.times);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.times);
	}

	/**
	 * What a claim within a rate has brought.
	 *
	 * @param due the deliveries, and how long no more may be begun
	 * @param permits the permits that are to be remembered, those of the deliveries
	 * included
	 */
	public record Taken(Due due, Permits permits) {
	}

}
