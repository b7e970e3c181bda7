package io.pulsehook.inbox.query;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Keeps a search for one page within its time, whatever database it reads. The search
 * reads a stretch at a time, and cannot stop within one: the first stretch is therefore
 * short, and the others are as long as the time for one allows.
 */
final class SearchPace {

	private static final int MOST_ROWS = 20_000;

	private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	/** A stretch that took less is followed by one that is twice as long. */
	private static final long QUICK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

	/** A stretch that took longer is followed by one that is half as long. */
	private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(15);

	private static final int FIRST = 250;

	private static final int SHORTEST = 25;

	private static final int LONGEST = 2_000;

	private final LongSupplier nanoTime;

	private final long began;

	private long stretchBegan;

	private int rows;

	private int stretch = FIRST;

	/**
	 * Begins a search.
	 * @param nanoTime tells the time in nanoseconds, as {@link System#nanoTime()} does
	 */
	SearchPace(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
		this.began = nanoTime.getAsLong();
		this.stretchBegan = this.began;
	}

	/**
	 * Tells whether there is time for another stretch.
	 * @return {@code true} at the beginning at least
	 */
	boolean goesOn() {
		return this.rows == 0 || (this.rows < MOST_ROWS && this.nanoTime.getAsLong() - this.began < MOST_NANOS);
	}

	/**
	 * Returns how many events the next stretch has at most.
	 * @return the number
	 */
	int stretch() {
		return Math.min(this.stretch, MOST_ROWS - this.rows);
	}

	/** Notes that a stretch has been read. */
	void advance() {
		this.rows += stretch();
		long now = this.nanoTime.getAsLong();
		long took = now - this.stretchBegan;
		this.stretchBegan = now;
		if (took < QUICK_NANOS) {
			this.stretch = Math.min(2 * this.stretch, LONGEST);
		}
		else if (took > SLOW_NANOS) {
			this.stretch = Math.max(this.stretch / 2, SHORTEST);
		}
	}

}
