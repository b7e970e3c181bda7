package io.pulsehook.failure;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Describes a throwable for the log by its classes and stack frames. It leaves messages
 * out, since they can quote what was received.
 */
public final class StackFrames {

	private static final int SHOWN = 8;

	private StackFrames() {
	}

	/**
	 * Describes a throwable, its causes and what they suppressed.
	 * @param thrown what was thrown
	 * @return several lines
	 */
	public static String of(Throwable thrown) {
		StringBuilder text = new StringBuilder();
		append(text, "", thrown, Collections.newSetFromMap(new IdentityHashMap<>()));
		return text.toString();
	}

	private static void append(StringBuilder text, String caption, Throwable thrown, Set<Throwable> seen) {
		String begin = caption;
		for (Throwable each = thrown; each != null && seen.add(each); each = each.getCause()) {
			text.append(begin).append(each.getClass().getName());
			append(text, each.getStackTrace());
			Stream.of(each.getSuppressed())
				.limit(SHOWN)
				.forEach((suppressed) -> append(text, "\nSuppressed: ", suppressed, seen));
			begin = "\nCaused by: ";
		}
	}

	private static void append(StringBuilder text, StackTraceElement[] frames) {
		for (int i = 0; i < Math.min(frames.length, SHOWN); i++) {
			text.append("\n\tat ").append(frames[i]);
		}
		if (frames.length > SHOWN) {
			text.append("\n\t... ").append(frames.length - SHOWN).append(" more");
		}
	}

}
