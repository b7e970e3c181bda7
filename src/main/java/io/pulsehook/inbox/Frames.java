package io.pulsehook.inbox;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * A throwable as it may be logged: its classes and frames. Messages are left out, since
 * they can quote what was received.
 */
public final class Frames {

	private static final int SHOWN = 8;

	private Frames() {
	}

	/**
	 * Tells of a throwable and its causes.
	 * @param thrown what was thrown
	 * @return several lines
	 */
	public static String of(Throwable thrown) {
		StringBuilder text = new StringBuilder();
		Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		for (Throwable each = thrown; each != null && seen.add(each); each = each.getCause()) {
			text.append(text.isEmpty() ? "" : "\nCaused by: ").append(each.getClass().getName());
			append(text, each.getStackTrace());
		}
		return text.toString();
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
