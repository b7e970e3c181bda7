package io.pulsehook.dispatch.lane;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.HandlerState;
import io.pulsehook.inbox.model.RestChange;
import io.pulsehook.inbox.model.RestChange.Begin;
import io.pulsehook.inbox.model.RestChange.End;
import io.pulsehook.inbox.model.RestChange.ProbeFailed;

/**
 * Concludes from how attempts end whether their handler should rest. Each method is told
 * of one attempt and returns what changes, or {@code null}. Handler threads call it.
 */
final class Health {

	/** As many classes of an exception and its causes say why a handler rests. */
	private static final int CLASSES = 3;

	private final Rests rests;

	private final Breaker breaker;

	Health(Rests rests, Breaker breaker) {
		this.rests = rests;
		this.breaker = breaker;
	}

	Rests rests() {
		return this.rests;
	}

	/**
	 * Is told of an attempt that succeeded. The success of a delivery that began before
	 * the rest says nothing about what has happened since.
	 */
	@Nullable RestChange succeeded(boolean probe, Instant now) {
		this.breaker.reset();
		HandlerState state = this.rests.state();
		return (state.isExhausted() || (probe && state.isResting())) ? decided(new End(), now) : null;
	}

	/**
	 * Is told of a failure that concerns the delivery alone.
	 */
	@Nullable RestChange refused(boolean probe, Instant now) {
		return (probe && this.breaker.isOff()) ? decided(new End(), now) : null;
	}

	/**
	 * Is told of an attempt that asked for a pause.
	 */
	@Nullable RestChange asked(boolean probe, Instant until, Throwable thrown, Instant now) {
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
	 */
	@Nullable RestChange failed(boolean probe, DueDelivery delivery, Throwable thrown, Instant now) {
		if (probe) {
			return decided(this.breaker.isOff() ? new End() : new ProbeFailed(null, reason(thrown)), now);
		}
		if (this.rests.state().rest() != null || !this.breaker.fails(delivery)) {
			return null;
		}
		return decided(new Begin(null, reason(thrown)), now);
	}

	private RestChange decided(RestChange change, Instant now) {
		this.rests.decide(change, now);
		return change;
	}

	// Names the classes only, since messages can quote the event.
	private static String reason(Throwable thrown) {
		StringBuilder reason = new StringBuilder(thrown.getClass().getName());
		Throwable cause = thrown.getCause();
		for (int classes = 1; cause != null && classes < CLASSES; classes++) {
			reason.append(", caused by ").append(cause.getClass().getName());
			cause = cause.getCause();
		}
		return reason.toString();
	}

}
