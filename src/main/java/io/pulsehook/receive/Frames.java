package io.pulsehook.receive;

/**
 * A throwable as it may be logged: its classes and frames. Messages are left out, since
 * they can quote what was received.
 */
final class Frames {

	private static final int DEEPEST = 10;

	private Frames() {
	}

	static String of(Throwable thrown) {
		StringBuilder text = new StringBuilder();
		Throwable each = thrown;
		for (int depth = 0; each != null && depth < DEEPEST; depth++) {
			text.append((depth > 0) ? "\nCaused by: " : "").append(each.getClass().getName());
			for (StackTraceElement frame : each.getStackTrace()) {
				text.append("\n\tat ").append(frame);
			}
			each = each.getCause();
		}
		return text.toString();
	}

}
