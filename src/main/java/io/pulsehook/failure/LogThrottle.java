package io.pulsehook.failure;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Decides which of many equal lines are logged: the first at once, the next after one
 * minute, then after two, four and so on up to an hour, so that a long trouble makes a
 * handful of lines. After a quiet time as long as the last pause, it begins anew.
 */
public final class LogThrottle {

	private static final long FIRST_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

	private static final long LONGEST_PAUSE_NANOS = TimeUnit.HOURS.toNanos(1);

	private final LongSupplier nanoTime;

	private final LongAdder untold = new LongAdder();

	private volatile long quietUntil;

	private long pause;

	/**
	 * Creates a throttle that lets the next line through.
	 * @param nanoTime the time, as {@link System#nanoTime()} tells it
	 */
	public LogThrottle(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
		this.quietUntil = nanoTime.getAsLong();
	}

	/**
	 * Counts one more occurrence.
	 * @return how many there were since the last line, this one included, if a line is to
	 * be logged now; otherwise 0
	 */
	public long add() {
		this.untold.increment();
		long now = this.nanoTime.getAsLong();
		return (now - this.quietUntil >= 0) ? tell(now) : 0;
	}

	private synchronized long tell(long now) {
		long late = now - this.quietUntil;
		if (late < 0) {
			return 0;
		}
		this.pause = (late < this.pause) ? Math.min(2 * this.pause, LONGEST_PAUSE_NANOS) : FIRST_PAUSE_NANOS;
		this.quietUntil = now + this.pause;
		return this.untold.sumThenReset();
	}

}
