package io.pulsehook.dispatch.lane;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Decides how many deliveries should wait for a handler's threads. A fast handler has as
 * many as it can finish in a moment, so that its threads never wait for a claim; a slow
 * one has few, since another replica could run what waits here. The number follows from
 * how long attempts take. It cannot follow from how many end, because few end as well
 * when there is little to do or claims are slow. Safe for use by many threads.
 */
final class AdaptivePrefetch {

	/** How many deliveries wait for a handler that is slow or has not run yet. */
	static final int MIN = 32;

	private static final int MAX = 512;

	private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

	/** The average duration is taken over about so many attempts. */
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
	 * Returns how many deliveries may wait for a thread.
	 */
	int size() {
		long endedInAMoment = this.concurrency * MOMENT_NANOS / Math.max(1, this.averageNanos.get());
		return (int) Math.max(MIN, Math.min(MAX, endedInAMoment));
	}

	/**
	 * Tells whether an attempt has ended since the last call of this method.
	 */
	boolean hasProgressed() {
		return this.progressed.getAndSet(false);
	}

	/**
	 * Treats the handler as a slow one until its attempts show otherwise.
	 */
	void reset() {
		this.averageNanos.set(slow());
	}

}
