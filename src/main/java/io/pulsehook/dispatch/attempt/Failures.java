package io.pulsehook.dispatch.attempt;

import java.io.PrintWriter;
import java.io.StringWriter;

import io.pulsehook.dispatch.handler.DestinationException;
import io.pulsehook.failure.Causes;
import io.pulsehook.failure.StackFrames;
import io.pulsehook.inbox.model.Outcome.Failure;

/**
 * Turns an exception into the error and stack trace that are stored and shown to the
 * operator behind the login.
 */
final class Failures {

	private static final int STACK_TRACE_LIMIT = 32_000;

	private static final int TEXT_LIMIT = 2_000;

	private Failures() {
	}

	static Failure whole(Throwable thrown) {
		try {
			DestinationException refusal = Causes.find(thrown, DestinationException.class);
			return (refusal != null) ? ofRefusal(refusal) : withStackTrace(thrown);
		}
		catch (RuntimeException | Error ex) {
			// The methods of the exception can throw as well, since its author may have
			// overridden them.
			return failure(thrown.getClass().getName(), StackFrames.of(thrown));
		}
	}

	// What another system answered is said in a sentence. Where in the code of a sender
	// that was would tell its operator nothing.
	private static Failure ofRefusal(DestinationException refusal) {
		return failure(String.valueOf(refusal.getMessage()), "");
	}

	private static Failure withStackTrace(Throwable thrown) {
		StringWriter stackTrace = new StringWriter();
		thrown.printStackTrace(new PrintWriter(stackTrace, true));
		return failure(thrown.toString(), stackTrace.toString());
	}

	private static Failure failure(String error, String stackTrace) {
		return new Failure(text(error), cut(stackTrace, STACK_TRACE_LIMIT));
	}

	/**
	 * Returns a text of limited length that both databases can store.
	 */
	static String text(String text) {
		return cut(text, TEXT_LIMIT);
	}

	private static String cut(String text, int limit) {
		String clean = text.replace('\u0000', '\uFFFD');
		return (clean.length() > limit) ? clean.substring(0, limit) : clean;
	}

}
