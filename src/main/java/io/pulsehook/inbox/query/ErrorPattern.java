package io.pulsehook.inbox.query;

import java.util.regex.Pattern;

/**
 * Finds what errors of one cause have in common. It leaves out numbers, ids, addresses
 * and quoted words, since they differ from event to event.
 */
public final class ErrorPattern {

	private static final int LONGEST = 200;

	/** This stands in the place of all that differs. */
	private static final String GAP = "…";

	private static final Pattern QUOTED = Pattern
		.compile("\"[^\"\\n]*\"|`[^`\\n]*`|«[^»\\n]*»|“[^”\\n]*”|(?<![\\p{L}\\p{N}])'[^'\\n]*'(?![\\p{L}\\p{N}])");

	private static final Pattern ADDRESS = Pattern.compile("[a-z]+://[^\\s,;()\\[\\]{}<>…]+");

	private static final Pattern VARIABLE = Pattern
		.compile("[^\\s,;()\\[\\]{}<>=…]*[@\\p{Nd}/][^\\s,;()\\[\\]{}<>=…]*");

	private ErrorPattern() {
	}

	/**
	 * Returns the pattern of an error.
	 * @param error the error in a line, beginning with the class of its exception
	 * @return the same text for errors that look alike; at most 200 characters
	 */
	public static String of(String error) {
		int end = error.indexOf(": ");
		String type = (end >= 0) ? error.substring(0, end) : error;
		if (end < 0 || type.indexOf(' ') >= 0) {
			return cut(generalized(error));
		}
		return cut(type + ": " + generalized(error.substring(end + 2)));
	}

	private static String generalized(String text) {
		String line = text.lines().findFirst().orElse("");
		String head = (line.length() > 4 * LONGEST) ? line.substring(0, 4 * LONGEST) : line;
		String unquoted = QUOTED.matcher(head).replaceAll(GAP);
		String local = ADDRESS.matcher(unquoted).replaceAll(GAP);
		return VARIABLE.matcher(local).replaceAll(GAP).strip();
	}

	private static String cut(String text) {
		return (text.length() > LONGEST) ? text.substring(0, LONGEST) : text;
	}

}
