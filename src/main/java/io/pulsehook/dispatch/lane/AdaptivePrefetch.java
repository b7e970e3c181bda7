package io.pulsehook.dispatch.lane;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many deliveries a handler should have waiting for its threads: as many as they can
 * end in a moment, so that a fast handler never waits for a claim, and few for a slow
 * one, since another replica could run what waits here. The number follows how long
 * attempts take and not how many end, because few end as well when there is little to do
 * or when claims are slow. Safe for use by many threads.
 */
final class AdaptivePrefetch {

	/** What a slow or unknown handler has waiting. */
	static final int MIN = 32;

	private static final int MAX = 512;

	private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

	/** The average is taken over about so many attempts. */
	private static final int ATTEMPTS = 8;

	private final int concurrency;

	private final AtomicLong averageNanos;

	private final AtomicBoolean progressed = new AtomicBoolean();

	AdaptivePrefetch(int concurrency) {
		this.concurrency = concurrency;
		this.averageNanos = new AtomicLong(slow());
	}

	private long slow() {
		return this.concurrency * MOMENT_NANOS / MIN;
	}

	/**
	 * Counts an attempt that has ended.
	 * @param nanos how long it took
	 */
	void record(long nanos) {
		this.progressed.set(true);
		this.averageNanos.accumulateAndGet(nanos, (average, last) -> average + (last - average) / ATTEMPTS);
	}

	/**
	 * How many deliveries may wait for a thread.
	 */
	int size() {
		long endedInAMoment = this.concurrency * MOMENT_NANOS / Math.max(1, this.averageNanos.get());
		return (int) Math.max(MIN, Math.min(MAX, endedInAMoment));
	}

	/**
	 * Whether an attempt has ended since this was last called.
	 */
	boolean hasProgressed() {
		return this.progressed.getAndSet(false);
	}

	/**
	 * Takes the handler for a slow one until its attempts show otherwise.
	 */
	void reset() {
		this.averageNanos.set(slow());
	}

}
