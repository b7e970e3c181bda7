package io.pulsehook.inbox.model;

import org.jspecify.annotations.Nullable;
import org.springframework.lang.Contract;

/**
 * Makes text fit for a column: characters that a database refuses are replaced, and a
 * text that is too long is cut. Otherwise one such text would make the commit fail that
 * it shares with other requests.
 */
public final class Columns {

	private static final int LONGEST = 200;

	private static final char REPLACEMENT = '\uFFFD';

	private Columns() {
	}

	/**
	 * Returns a text in the form in which it is stored.
	 * @param text the text, or {@code null}
	 * @return the fit text, which is the same object if nothing had to be changed
	 */
	@Contract("!null -> !null")
	public static @Nullable String safe(@Nullable String text) {
		if (text == null) {
			return null;
		}
		String cut = cut(text);
		return isAccepted(cut) ? cut : replaced(cut);
	}

	/**
	 * Tells whether databases accept a text: it must have no NUL and no half of a
	 * surrogate pair.
	 * @param text the text
	 * @return {@code true} if so, however long it is
	 */
	public static boolean isAccepted(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (!isSafe(text, i)) {
				return false;
			}
		}
		return true;
	}

	// Tells whether different texts may have been stored as this one.
	public static boolean isAmbiguous(String stored) {
		return stored.length() >= LONGEST - 1 || stored.indexOf(REPLACEMENT) >= 0;
	}

	private static String cut(String text) {
		if (text.length() <= LONGEST) {
			return text;
		}
		boolean inPair = Character.isSurrogatePair(text.charAt(LONGEST - 1), text.charAt(LONGEST));
		return text.substring(0, inPair ? LONGEST - 1 : LONGEST);
	}

	private static String replaced(String text) {
		StringBuilder result = new StringBuilder(text.length());
		for (int i = 0; i < text.length(); i++) {
			result.append(isSafe(text, i) ? text.charAt(i) : REPLACEMENT);
		}
		return result.toString();
	}

	private static boolean isSafe(String text, int index) {
		char character = text.charAt(index);
		if (Character.isHighSurrogate(character)) {
			return index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1));
		}
		if (Character.isLowSurrogate(character)) {
			return index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
		}
		return character != '\0';
	}

}
