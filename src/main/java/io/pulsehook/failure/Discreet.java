package io.pulsehook.failure;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * Marks exceptions whose message quotes no data, so that it may be logged.
 */
public interface Discreet {

	/**
	 * What went wrong.
	 * @return the message, or {@code null} if there is none
	 */
	@Nullable String getMessage();

	/**
	 * Returns what may be told of an exception in words: its message or that of its first
	 * cause which quotes no data.
	 * @param thrown the exception
	 * @return the message in quotation marks, as a part of a sentence, or {@code null} if
	 * nothing but classes may be told
	 */
	static @Nullable String inWords(Throwable thrown) {
		Discreet discreet = Causes.find(thrown, Discreet.class);
		String message = (discreet != null) ? discreet.getMessage() : null;
		return (message != null) ? "'" + StringUtils.trimTrailingCharacter(message, '.') + "'" : null;
	}

}
