package io.pulsehook.destination.http;

import java.util.List;

/**
 * Hides from what is shown of an answer what was secret in the post: many servers repeat
 * the path, the credentials or the whole request in their errors.
 */
final class Redaction {

	/** How much of an answer is shown, in characters. */
	static final int SHOWN = 1024;

	private static final String HIDDEN = "***";

	/** A shorter beginning of a secret tells nothing. */
	private static final int SHORTEST_BEGINNING = 4;

	private final List<String> secrets;

	/**
	 * Creates a redaction.
	 * @param secrets what may not be shown, the longest first
	 */
	Redaction(List<String> secrets) {
		this.secrets = secrets;
	}

	/**
	 * Returns what may be shown of an answer's body.
	 */
	String of(Answer answer) {
		String text = answer.text();
		for (String secret : this.secrets) {
			text = text.replace(secret, HIDDEN);
		}
		if (!answer.whole()) {
			text = hideBeginning(text);
		}
		return cut(readable(text));
	}

	// An answer that breaks off can do so within a secret.
	private String hideBeginning(String text) {
		for (String secret : this.secrets) {
			for (int length = secret.length() - 1; length >= SHORTEST_BEGINNING; length--) {
				if (text.endsWith(secret.substring(0, length))) {
					return text.substring(0, text.length() - length) + HIDDEN;
				}
			}
		}
		return text;
	}

	// PostgreSQL refuses the character 0, and others would change what surrounds them.
	private static String readable(String text) {
		return text.replace("\r\n", "\n").replaceAll("[\\p{Cntrl}&&[^\n\t]]", "\uFFFD").strip();
	}

	private static String cut(String text) {
		if (text.length() <= SHOWN) {
			return text;
		}
		int end = Character.isHighSurrogate(text.charAt(SHOWN - 1)) ? SHOWN - 1 : SHOWN;
		return text.substring(0, end);
	}

}
