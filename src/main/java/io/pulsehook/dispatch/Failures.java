package io.pulsehook.dispatch;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.Outcome.Failure;

/**
 * Tells of an exception in two ways: whole, for the operator behind a login, and without
 * its messages, which quote data, for the log.
 */
final class Failures {

	private static final int STACK_TRACE_LIMIT = 32_000;

	private static final int ERROR_LIMIT = 2_000;

	private static final int LOGGED_FRAMES = 6;

	private Failures() {
	}

	static Failure whole(Throwable thrown) {
		try {
			StringWriter stackTrace = new StringWriter();
			thrown.printStackTrace(new PrintWriter(stackTrace, true));
			return failure(thrown.toString(), stackTrace.toString());
		}
		catch (RuntimeException | Error ex) {
			// What an exception says of itself is its author's code.
			return failure(thrown.getClass().getName(), withoutMessages(thrown));
		}
	}

	private static Failure failure(String error, String stackTrace) {
		return new Failure(cut(error, ERROR_LIMIT), cut(stackTrace, STACK_TRACE_LIMIT));
	}

	private static String cut(String text, int limit) {
		String clean = text.replace('\u0000', '\uFFFD');
		return (clean.length() > limit) ? clean.substring(0, limit) : clean;
	}

	// Classes and frames only.
	static String withoutMessages(Throwable thrown) {
		StringBuilder text = new StringBuilder();
		Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		@Nullable Throwable current = thrown;
		while (current != null && seen.add(current)) {
			text.append(text.isEmpty() ? "" : System.lineSeparator() + "Caused by: ")
				.append(current.getClass().getName());
			appendFrames(text, current.getStackTrace());
			current = current.getCause();
		}
		return text.toString();
	}

	private static void appendFrames(StringBuilder text, StackTraceElement[] frames) {
		for (int i = 0; i < Math.min(frames.length, LOGGED_FRAMES); i++) {
			text.append(System.lineSeparator()).append("\tat ").append(frames[i]);
		}
		if (frames.length > LOGGED_FRAMES) {
			text.append(System.lineSeparator()).append("\t... ").append(frames.length - LOGGED_FRAMES).append(" more");
		}
	}

}
