package io.pulsehook.console.deadletters;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stack trace that was stored as text, as {@link Throwable#printStackTrace} writes it.
 *
 * @param thrown the exception and its causes, the outermost first
 */
record StackTrace(List<Thrown> thrown) {

	private static final String CAUSE = "Caused by: ";

	private static final Pattern FRAME = Pattern.compile("\tat (?:[^/(]*/)*(.+)");

	private static final Pattern COMMON = Pattern.compile("\t\\.\\.\\. (\\d{1,5}) more");

	/**
	 * Reads a stack trace. What was suppressed is left out, and so is what was cut off.
	 * @param text the text; may be empty
	 */
	static StackTrace of(String text) {
		List<Thrown> thrown = new ArrayList<>();
		for (String line : text.lines().toList()) {
			if (thrown.isEmpty() || line.startsWith(CAUSE)) {
				List<String> outer = thrown.isEmpty() ? List.of() : thrown.get(thrown.size() - 1).frames();
				thrown.add(new Thrown(line.startsWith(CAUSE) ? line.substring(CAUSE.length()) : line, outer,
						new ArrayList<>()));
			}
			else {
				thrown.get(thrown.size() - 1).add(line);
			}
		}
		return new StackTrace(thrown);
	}

	boolean isEmpty() {
		return this.thrown.isEmpty();
	}

	Thrown outermost() {
		return this.thrown.get(0);
	}

	Thrown innermost() {
		return this.thrown.get(this.thrown.size() - 1);
	}

	/**
	 * An exception of the trace.
	 *
	 * @param headline its class and the first line of its message
	 * @param outer the frames of the exception that it caused
	 * @param frames its own frames, the innermost first, such as
	 * {@code com.example.Crm.find(Crm.java:12)}
	 */
	record Thrown(String headline, List<String> outer, List<String> frames) {

		// A cause lists only the frames that the exception around it does not have.
		private void add(String line) {
			Matcher frame = FRAME.matcher(line);
			Matcher common = COMMON.matcher(line);
			if (frame.matches()) {
				this.frames.add(frame.group(1));
			}
			else if (common.matches()) {
				int shared = Math.min(Integer.parseInt(common.group(1)), this.outer.size());
				this.frames.addAll(this.outer.subList(this.outer.size() - shared, this.outer.size()));
			}
		}

	}

}
