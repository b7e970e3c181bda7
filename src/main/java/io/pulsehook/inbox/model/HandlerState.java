package io.pulsehook.inbox.model;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Whether a handler may run, in all processes and over restarts.
 *
 * @param paused whether an operator has paused it, or the system that it passes events on
 * to has asked for that, until somebody resumes it
 * @param rest the rest that it takes by itself, or {@code null} while all is well
 */
public record HandlerState(boolean paused, @Nullable Rest rest) {

	/** The state of a handler that nothing keeps from its deliveries. */
	public static final HandlerState RUNNING = new HandlerState(false, null);

	/**
	 * Returns the same state with a handler that is paused or not.
	 * @param paused whether it is paused
	 * @return the state
	 */
	public HandlerState withPaused(boolean paused) {
		return new HandlerState(paused, this.rest);
	}

	/**
	 * Returns the same state with another rest.
	 * @param rest the rest, or {@code null} for none
	 * @return the state
	 */
	public HandlerState withRest(@Nullable Rest rest) {
		return new HandlerState(this.paused, rest);
	}

	/**
	 * Tells what the handler does, in a word.
	 * @return the status
	 */
	public HandlerStatus status() {
		if (this.paused) {
			return HandlerStatus.PAUSED;
		}
		return isResting() ? HandlerStatus.RESTING : HandlerStatus.RUNNING;
	}

	/**
	 * Tells whether deliveries may begin as soon as they are due.
	 * @return {@code true} unless it is paused or rests
	 */
	public boolean mayRun() {
		return !this.paused && !isResting();
	}

	/**
	 * Tells whether a single delivery may begin now, to try whether the handler works
	 * again.
	 * @param now the time
	 * @return {@code true} if it has rested for long enough and is not paused
	 */
	public boolean mayProbe(Instant now) {
		Instant until = restsUntil();
		return !this.paused && until != null && !until.isAfter(now);
	}

	/**
	 * Returns until when nothing begins.
	 * @return the end of the rest, or {@code null} if the handler does not rest
	 */
	public @Nullable Instant restsUntil() {
		return (this.rest != null) ? this.rest.until() : null;
	}

	/**
	 * Tells whether the handler rests: nothing is begun before the rest's end, and from
	 * then on one delivery at a time until one succeeds.
	 * @return {@code true} if so, also for one that is paused as well
	 */
	public boolean isResting() {
		return this.rest != null && this.rest.until() != null;
	}

	/**
	 * Tells whether the handler has rested for too long in vain: it runs as if it did not
	 * rest, but is not well before an attempt has succeeded.
	 * @return {@code true} if so
	 */
	public boolean isExhausted() {
		return this.rest != null && this.rest.until() == null;
	}

	/**
	 * Tells whether the handler is paused because the system that it passes events on to
	 * asked to be sent nothing more.
	 * @return {@code true} if so, until somebody resumes it
	 */
	public boolean isGone() {
		return this.paused && this.rest != null && this.rest.reason().equals(RestChange.Pause.REASON);
	}

	/**
	 * A rest, which a handler takes because it or what it needs does not work.
	 *
	 * @param since when it began
	 * @param until when the next delivery may be tried, or {@code null} if the handler
	 * does not rest any more, since it has done so for too long in vain
	 * @param reason the class names of what it threw, or what that says without data, or
	 * that the system which it passes events on to asked to be sent nothing more
	 * @param probes how many deliveries have been tried in vain since it began
	 */
	public record Rest(Instant since, @Nullable Instant until, String reason, int probes) {

	}

}
