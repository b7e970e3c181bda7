package io.pulsehook.dispatch.lane;

import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

import io.pulsehook.dispatch.handler.DestinationException;

/**
 * What came of calling a handler.
 *
 * @param answer what another system answered to which the event was passed on, or
 * {@code null}
 * @param thrown what the handler threw, or {@code null} if it succeeded
 */
record CallResult(@Nullable String answer, @Nullable Throwable thrown) {

	/** The handler was not called. */
	static final CallResult NOT_CALLED = new CallResult(null, null);

	/**
	 * Returns what came of a call that failed.
	 * @param thrown what the handler threw
	 * @return the result, with the answer that the exception or its cause tells of
	 */
	static CallResult failed(Throwable thrown) {
		return new CallResult(answer(thrown), thrown);
	}

	private static @Nullable String answer(Throwable thrown) {
		if (thrown instanceof DestinationException refused) {
			return refused.answer();
		}
		return (NestedExceptionUtils.getRootCause(thrown) instanceof DestinationException refused) ? refused.answer()
				: null;
	}

}
