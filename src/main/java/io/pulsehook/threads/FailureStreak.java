package io.pulsehook.threads;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The failures of a thread in succession: how long it pauses after each, and which of
 * them are logged. Changed by that thread alone, and read by all.
 */
final class FailureStreak {

	static final long LONGEST_PAUSE_MILLIS = TimeUnit.SECONDS.toMillis(1);

	private static final long SHORTEST_PAUSE_MILLIS = 10;

	private static final long LOG_NANOS = TimeUnit.MINUTES.toNanos(1);

	private volatile int length;

	private volatile long began;

	private long loggedAt;

	/**
	 * Adds a failure.
	 * @return whether it is to be logged: the first one is, and then one a minute
	 */
	boolean add() {
		long now = System.nanoTime();
		if (this.length == 0) {
			this.began = now;
		}
		this.length = this.length + 1;
		if (this.length > 1 && now - this.loggedAt <= LOG_NANOS) {
			return false;
		}
		this.loggedAt = now;
		return true;
	}

	/**
	 * Ends the streak.
	 * @return {@code false} if there was none
	 */
	boolean end() {
		if (this.length == 0) {
			return false;
		}
		this.length = 0;
		return true;
	}

	int length() {
		return this.length;
	}

	/** How long it has lasted, or zero if there is none. */
	Duration lasts() {
		return (this.length > 0) ? Duration.ofNanos(System.nanoTime() - this.began) : Duration.ZERO;
	}

	/** How long to pause before the next try, which grows with each failure. */
	Duration pause() {
		return Duration
			.ofMillis(Math.min(LONGEST_PAUSE_MILLIS, SHORTEST_PAUSE_MILLIS << Math.min(this.length - 1, Byte.SIZE)));
	}

}
