package io.pulsehook.dispatch;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How fast a handler is, and so how many deliveries are worth having at hand: as many as
 * its threads can end in a moment, so that they do not wait for claims, and few of a slow
 * one, since others could take what waits here. By what its attempts take, and not by how
 * many end: that would be few as well when there is little to do, or when claims are
 * slow.
 */
final class Pace {

	static final int FEWEST = 32;

	private static final int MOST = 512;

	private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

	/** Of how many attempts, about, there is an average. */
	private static final int ATTEMPTS = 8;

	private final int concurrency;

	private final AtomicLong average;

	private final AtomicBoolean moved = new AtomicBoolean();

	Pace(int concurrency) {
		this.concurrency = concurrency;
		this.average = new AtomicLong(slow());
	}

	private long slow() {
		return this.concurrency * MOMENT_NANOS / FEWEST;
	}

	// Says that an attempt ended, and how long it took. By any thread.
	void ended(long nanos) {
		this.moved.set(true);
		this.average.accumulateAndGet(nanos, (average, last) -> average + (last - average) / ATTEMPTS);
	}

	// How many deliveries may wait for a thread. By any thread.
	int ahead() {
		long moment = this.concurrency * MOMENT_NANOS / Math.max(1, this.average.get());
		return (int) Math.max(FEWEST, Math.min(MOST, moment));
	}

	// Whether an attempt has ended since this was asked last.
	boolean moved() {
		return this.moved.getAndSet(false);
	}

	// Takes the handler to be slow until it shows otherwise.
	void forget() {
		this.average.set(slow());
	}

}
