package io.pulsehook.dispatch.lane;

import java.time.Instant;

/**
 * What the last poll has found, which decides when to poll again.
 *
 * @param remaining what is due and was not claimed
 * @param next when to poll again at the latest
 * @param replaysWait whether deliveries of replays wait until a thread is free
 * @param suspects how many deliveries are due that run one at a time
 */
record PollResult(Remaining remaining, Instant next, boolean replaysWait, int suspects) {

	/** The result before the first poll. */
	static final PollResult NONE = new PollResult(Remaining.UNKNOWN, Instant.MIN, false, 0);

	/**
	 * Returns the same result after deliveries may have become due. A suspect goes on
	 * waiting.
	 */
	PollResult outdated() {
		return new PollResult(suspectWaits() ? Remaining.SUSPECT : Remaining.UNKNOWN, Instant.MIN, this.replaysWait,
				this.suspects);
	}

	/**
	 * Returns the same result after a failed poll, which does not tell what is due.
	 * @param time when to poll again
	 */
	PollResult retryAt(Instant time) {
		return new PollResult(Remaining.UNKNOWN, time, this.replaysWait, this.suspects);
	}

	boolean isDue(Instant now) {
		return !this.next.isAfter(now);
	}

	/**
	 * Tells whether everything that is due now was claimed.
	 */
	boolean isCaughtUp(Instant now) {
		return this.remaining == Remaining.NOTHING && !isDue(now);
	}

	/**
	 * Tells whether the next poll may find something as soon as there is room for it.
	 */
	boolean mayHaveMore() {
		return this.remaining != Remaining.NOTHING;
	}

	/**
	 * Tells whether a suspect has its turn but no thread yet. Other deliveries make way
	 * until it has one.
	 */
	boolean suspectWaits() {
		return this.remaining == Remaining.SUSPECT;
	}

	/** What is due and was not claimed. */
	enum Remaining {

		/** Nothing. */
		NOTHING,

		/** More than there was room for. */
		MORE,

		/** A suspect that waits for a thread, and perhaps others behind it. */
		SUSPECT,

		/** Nobody has looked yet, or since something may have become due. */
		UNKNOWN

	}

}
