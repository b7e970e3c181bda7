package io.pulsehook.inbox.query;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Searches bodies for a text, ignoring case.
 */
final class TextSearch {

	private static final JsonMapper json = JsonMapper.shared();

	private final String text;

	TextSearch(String text) {
		this.text = text.toLowerCase(Locale.ROOT);
	}

	boolean matches(byte[] body) {
		return readable(body).toLowerCase(Locale.ROOT).contains(this.text);
	}

	/**
	 * Returns the text of a body. JSON is written again without escapes: senders usually
	 * write other alphabets as {@code \\u0430}, which nobody would search for.
	 * @param body the body
	 * @return its text
	 */
	private static String readable(byte[] body) {
		try {
			return json.readTree(body).toString();
		}
		catch (JacksonException ex) {
			return new String(body, StandardCharsets.UTF_8);
		}
	}

}
