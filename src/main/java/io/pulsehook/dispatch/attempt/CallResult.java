package io.pulsehook.dispatch.attempt;

import org.jspecify.annotations.Nullable;

import io.pulsehook.dispatch.handler.DestinationException;
import io.pulsehook.dispatch.handler.DestinationGoneException;
import io.pulsehook.failure.Causes;

/**
 * What came of calling a handler.
 *
 * @param answer what another system answered to which the event was passed on, as it can
 * be stored, or {@code null}
 * @param thrown what the handler threw, or {@code null} if it succeeded
 */
public record CallResult(@Nullable String answer, @Nullable Throwable thrown) {

	/** The handler was not called. */
	public static final CallResult NOT_CALLED = new CallResult(null, null);

	/** Cuts the answer to what can be stored. */
	public CallResult {
		answer = (answer != null) ? Failures.text(answer) : null;
	}

	/**
	 * Returns what came of a call that failed.
	 * @param thrown what the handler threw
	 * @return the result, with the answer that the exception or its cause tells of
	 */
	public static CallResult failed(Throwable thrown) {
		DestinationException refusal = Causes.find(thrown, DestinationException.class);
		return new CallResult((refusal != null) ? refusal.answer() : null, thrown);
	}

	/**
	 * Tells whether the other system asked to be sent nothing more.
	 */
	boolean isGone() {
		return this.thrown != null && Causes.find(this.thrown, DestinationGoneException.class) != null;
	}

}
