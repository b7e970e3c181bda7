package io.pulsehook.dispatch;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How fast a handler is, and so how many deliveries are worth having at hand: as many as
 * it ends in a moment, so that its threads do not wait for claims, and few of a slow one,
 * since others could take what waits here.
 */
final class Pace {

	private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

	private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	private static final int FEWEST = 32;

	private static final int MOST = 512;

	private final AtomicInteger ended = new AtomicInteger();

	private long since = System.nanoTime();

	private int ahead = FEWEST;

	// Says that an attempt ended. By any thread.
	void ended() {
		this.ended.incrementAndGet();
	}

	// How many deliveries may wait for a thread.
	int ahead() {
		long nanos = System.nanoTime() - this.since;
		if (nanos >= SHORTEST_NANOS) {
			long moment = this.ended.getAndSet(0) * MOMENT_NANOS / nanos;
			this.ahead = (int) Math.max(FEWEST, Math.min(MOST, moment));
			this.since += nanos;
		}
		return this.ahead;
	}

}
