package io.pulsehook.console.deadletters;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Why a delivery died, with what an operator looks for first.
 *
 * @param cause the innermost exception
 * @param wrapper the exception that the handler threw around it, or {@code null} if it
 * threw the innermost one
 * @param own where that was in the handler's own code, the innermost place first; empty
 * if it is not known
 */
record RootCause(Failure cause, @Nullable Failure wrapper, List<String> own) {

	private static final int MOST_FRAMES = 6;

	/** The code that a handler is called by or that it calls, and did not write. */
	private static final List<String> FRAMEWORKS = List.of("java.", "javax.", "jakarta.", "jdk.", "sun.", "com.sun.",
			"kotlin.", "org.springframework.", "io.micrometer.", "reactor.", "io.pulsehook.dispatch.",
			"io.pulsehook.destination.", "io.pulsehook.inbox.", "io.pulsehook.sendpulse.", "io.pulsehook.threads.");

	private static final String DISPATCH = "io.pulsehook.dispatch.";

	/**
	 * Finds the cause.
	 * @param error the error in one line as it was stored
	 * @param text the stack trace; empty if there is none
	 */
	static RootCause of(String error, String text) {
		StackTrace trace = StackTrace.of(text);
		Failure thrown = Failure.of(error);
		if (trace.isEmpty()) {
			return new RootCause(thrown, null, List.of());
		}
		List<String> own = own(trace.innermost().frames());
		if (own.isEmpty()) {
			own = own(trace.outermost().frames());
		}
		boolean wrapped = trace.thrown().size() > 1;
		return new RootCause(wrapped ? Failure.of(trace.innermost().headline()) : thrown, wrapped ? thrown : null,
				own.stream().limit(MOST_FRAMES).toList());
	}

	/**
	 * Returns the innermost place in the handler's own code.
	 * @return the frame, or {@code null} if it is not known
	 */
	public @Nullable String place() {
		return this.own.isEmpty() ? null : this.own.get(0);
	}

	// The handler is what the dispatcher called first. Its own code is whatever has the
	// first two parts of its package's name in common with it.
	private static List<String> own(List<String> frames) {
		String handler = handler(frames);
		Stream<String> written = frames.stream().filter((frame) -> !isOfFramework(frame));
		return (handler != null) ? written.filter((frame) -> frame.startsWith(home(handler))).toList()
				: written.toList();
	}

	private static @Nullable String handler(List<String> frames) {
		boolean called = false;
		for (int i = frames.size() - 1; i >= 0; i--) {
			String frame = frames.get(i);
			if (called && !isOfFramework(frame)) {
				return frame;
			}
			called |= frame.startsWith(DISPATCH);
		}
		return null;
	}

	private static boolean isOfFramework(String frame) {
		return FRAMEWORKS.stream().anyMatch(frame::startsWith);
	}

	// Returns the beginning of the names of all classes of the same origin.
	private static String home(String frame) {
		int first = frame.indexOf('.');
		int second = frame.indexOf('.', first + 1);
		return frame.substring(0, ((second > 0) ? second : first) + 1);
	}

}
