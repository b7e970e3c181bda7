package io.pulsehook.inbox.replica;

import java.time.Duration;

/**
 * Tells when something is to be done that is repeated at an interval, for the first time
 * at once.
 */
final class Interval {

	private final long nanos;

	private long end = System.nanoTime();

	Interval(Duration length) {
		this.nanos = length.toNanos();
	}

	/**
	 * Whether the interval has ended; if so, the next one begins.
	 * @return {@code true} if it is time again
	 */
	boolean hasEnded() {
		long now = System.nanoTime();
		if (now - this.end < 0) {
			return false;
		}
		this.end = now + this.nanos;
		return true;
	}

	Duration left() {
		return Duration.ofNanos(Math.max(0, this.end - System.nanoTime()));
	}

}
