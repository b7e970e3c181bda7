package io.pulsehook.dispatch.rest;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.pulsehook.failure.Discreet;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.HandlerState;
import io.pulsehook.inbox.model.RestChange;
import io.pulsehook.inbox.model.RestChange.Begin;
import io.pulsehook.inbox.model.RestChange.End;
import io.pulsehook.inbox.model.RestChange.Pause;
import io.pulsehook.inbox.model.RestChange.ProbeFailed;

/**
 * Concludes from how attempts end whether their handler should rest. Each method is told
 * of one attempt and returns what changes, or {@code null}. Handler threads call it.
 */
public final class Health {

	/** The reason of a rest names no more classes: an exception and its first causes. */
	private static final int CLASSES = 3;

	private final Rests rests;

	private final Breaker breaker;

	/**
	 * Creates the health of a handler.
	 * @param rests the state of the handler
	 * @param breaker how many failures in a row are too many, 0 if no number is
	 */
	public Health(Rests rests, int breaker) {
		this.rests = rests;
		this.breaker = new Breaker(breaker);
	}

	/**
	 * Returns the state of the handler.
	 * @return the state, which follows from what this is told
	 */
	public Rests rests() {
		return this.rests;
	}

	/**
	 * Is told of an attempt that succeeded. The success of a delivery that began before
	 * the rest says nothing about what has happened since.
	 * @param probe whether the delivery was tried during the rest
	 * @param now the time
	 * @return what changes about the rest, to be written, or {@code null} if nothing does
	 */
	public @Nullable RestChange succeeded(boolean probe, Instant now) {
		this.breaker.reset();
		HandlerState state = this.rests.state();
		return (state.isExhausted() || (probe && state.isResting())) ? decided(new End(), now) : null;
	}

	/**
	 * Is told of a failure that concerns the delivery alone.
	 * @param probe whether the delivery was tried during the rest
	 * @param now the time
	 * @return what changes about the rest, to be written, or {@code null} if nothing does
	 */
	public @Nullable RestChange refused(boolean probe, Instant now) {
		return (probe && this.breaker.isOff()) ? decided(new End(), now) : null;
	}

	/**
	 * Is told of an attempt that asked for a pause.
	 * @param probe whether the delivery was tried during the rest
	 * @param until the time that was asked for
	 * @param thrown what the handler threw
	 * @param now the time
	 * @return what changes about the rest, to be written, or {@code null} if nothing does
	 */
	public @Nullable RestChange asked(boolean probe, Instant until, Throwable thrown, Instant now) {
		HandlerState state = this.rests.state();
		if (state.isExhausted()) {
			return null;
		}
		if (probe) {
			return decided(new ProbeFailed(until, reason(thrown)), now);
		}
		Instant end = state.restsUntil();
		return (end != null && !end.isBefore(until)) ? null : decided(new Begin(until, reason(thrown)), now);
	}

	/**
	 * Is told of any other failure.
	 * @param probe whether the delivery was tried during the rest
	 * @param delivery the delivery
	 * @param thrown what the handler threw
	 * @param now the time
	 * @return what changes about the rest, to be written, or {@code null} if nothing does
	 */
	public @Nullable RestChange failed(boolean probe, DueDelivery delivery, Throwable thrown, Instant now) {
		if (probe) {
			return decided(this.breaker.isOff() ? new End() : new ProbeFailed(null, reason(thrown)), now);
		}
		if (this.rests.state().rest() != null || !this.breaker.fails(delivery)) {
			return null;
		}
		return decided(new Begin(null, reason(thrown)), now);
	}

	/**
	 * Is told that the system which the handler passes events on to asked to be sent
	 * nothing more.
	 * @param now the time
	 * @return the pause of the handler, to be written
	 */
	public RestChange gone(Instant now) {
		return decided(new Pause(), now);
	}

	private RestChange decided(RestChange change, Instant now) {
		this.rests.decide(change, now);
		return change;
	}

	// Names the classes only, unless there is a message that cannot quote the event.
	private static String reason(Throwable thrown) {
		String words = Discreet.inWords(thrown);
		if (words != null) {
			return words;
		}
		StringBuilder reason = new StringBuilder(thrown.getClass().getName());
		Throwable cause = thrown.getCause();
		for (int classes = 1; cause != null && classes < CLASSES; classes++) {
			reason.append(", caused by ").append(cause.getClass().getName());
			cause = cause.getCause();
		}
		return reason.toString();
	}

}
