package io.pulsehook.dispatch.lane;

import java.time.Instant;

/**
 * What is known since the last poll, and so when the next one is worth it.
 *
 * @param remaining what is due and was not taken
 * @param next when to poll again
 * @param replaysWait whether deliveries of replays wait until a thread is free
 * @param suspects how many deliveries are due that run one at a time
 */
record PollResult(Remaining remaining, Instant next, boolean replaysWait, int suspects) {

	/** Before the first poll. */
	static final PollResult NONE = new PollResult(Remaining.UNKNOWN, Instant.MIN, false, 0);

	/**
	 * The same when something may have become due meanwhile. A suspect goes on waiting.
	 */
	PollResult outdated() {
		return new PollResult(suspectWaits() ? Remaining.SUSPECT : Remaining.UNKNOWN, Instant.MIN, this.replaysWait,
				this.suspects);
	}

	/**
	 * The same when nothing is known any more of what is due.
	 * @param time when to poll again
	 */
	PollResult retryAt(Instant time) {
		return new PollResult(Remaining.UNKNOWN, time, this.replaysWait, this.suspects);
	}

	boolean isDue(Instant now) {
		return !this.next.isAfter(now);
	}

	/**
	 * Whether nothing is due now that was not taken.
	 */
	boolean isCaughtUp(Instant now) {
		return this.remaining == Remaining.NOTHING && !isDue(now);
	}

	/**
	 * Whether the next poll may find something as soon as there is room for it.
	 */
	boolean mayHaveMore() {
		return this.remaining != Remaining.NOTHING;
	}

	/**
	 * Whether one of those that run one at a time has its turn and needs a thread, for
	 * which all others make way.
	 */
	boolean suspectWaits() {
		return this.remaining == Remaining.SUSPECT;
	}

	/** What is due and was not taken. */
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
