package io.pulsehook.inbox.model;

import java.time.Duration;
import java.time.Instant;

/**
 * A change of a handler's state that is on disk.
 *
 * @param before the state before
 * @param after the state from then on, possibly the same
 * @param at when it changed
 */
public record StateChange(HandlerState before, HandlerState after, Instant at) {

	/** A rest that was shorter has not kept anything from its turn for long. */
	private static final Duration LONG = Duration.ofMinutes(1);

	/**
	 * Tells whether the handler has begun to rest.
	 * @return {@code true} if it did not rest before
	 */
	public boolean isBeginOfRest() {
		return this.after.isResting() && !this.before.isResting();
	}

	/**
	 * Tells whether the handler is paused from now on because the system that it passes
	 * events on to asked to be sent nothing more.
	 * @return {@code true} if that was not known before
	 */
	public boolean isGone() {
		return this.after.isGone() && !this.before.isGone();
	}

	/**
	 * Tells whether the handler works again.
	 * @return {@code true} if it rested before, or had done so for too long
	 */
	public boolean isEndOfRest() {
		return this.before.rest() != null && this.after.rest() == null;
	}

	/**
	 * Tells whether the handler no longer rests although it does not work.
	 * @return {@code true} if it rested before
	 */
	public boolean isExhaustion() {
		return this.after.isExhausted() && !this.before.isExhausted();
	}

	/**
	 * Tells whether the handler works again after so long that what waits for its next
	 * attempt should not wait any more.
	 * @return {@code true} after a minute or more
	 */
	public boolean isEndOfLongRest() {
		return isEndOfRest() && this.before.rest() != null && !this.at.isBefore(this.before.rest().since().plus(LONG));
	}

}
