package io.pulsehook.inbox.write;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.pulsehook.inbox.model.Rate;

/**
 * How the permits of a rate follow one another. A rate of many permits is kept as a
 * stricter one of a part of its period, since each permit of a period is remembered.
 *
 * @param permits how many permits a period has, at most {@value Permits#MAX_REMEMBERED}
 * @param period the period in microseconds
 * @param spacing the microseconds between two permits that are evenly spaced
 * @param tolerance how many microseconds earlier than that a permit may be taken, so that
 * a handler that was late for one can make up for it
 * @param refill how many permits are waited for once none is left, so that a high rate
 * does not mean many small claims
 */
record Pace(int permits, long period, long spacing, long tolerance, int refill) {

	/** No more permits are given at once than accrue within this time. */
	private static final long AT_ONCE_MICROS = TimeUnit.MILLISECONDS.toMicros(100);

	private static final long REFILL_MICROS = TimeUnit.MILLISECONDS.toMicros(20);

	/** A longer period is taken for this one, so that no sum of times overflows. */
	private static final Duration LONGEST_PERIOD = Duration.ofDays(36_500);

	static Pace of(Rate rate) {
		Duration whole = (rate.period().compareTo(LONGEST_PERIOD) < 0) ? rate.period() : LONGEST_PERIOD;
		int parts = divideUp(rate.permits(), Permits.MAX_REMEMBERED);
		int permits = rate.permits() / parts;
		long period = divideUp(TimeUnit.NANOSECONDS.toMicros(whole.toNanos()), parts);
		long spacing = Math.max(1, period / permits);
		int atOnce = accrued(AT_ONCE_MICROS, spacing, permits);
		// A tenth of the spacing is left for being late with a single permit.
		long tolerance = (atOnce - 1) * spacing + spacing / 10;
		return new Pace(permits, period, spacing, tolerance, accrued(REFILL_MICROS, spacing, atOnce));
	}

	private static int accrued(long micros, long spacing, int most) {
		return (int) Math.max(1, Math.min(most, micros / spacing));
	}

	private static int divideUp(int dividend, int divisor) {
		return (int) divideUp((long) dividend, divisor);
	}

	private static long divideUp(long dividend, int divisor) {
		return (dividend + divisor - 1) / divisor;
	}

	/**
	 * Returns how long after a permit another one may follow.
	 * @param distance the number of the other one, counted from the first; at most that
	 * of the permits of a period
	 * @return the microseconds between them at least
	 */
	long gap(int distance) {
		return (distance < this.permits) ? distance * this.spacing - this.tolerance : this.period;
	}

}
