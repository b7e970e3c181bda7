package io.pulsehook.event;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * Says why an element could not be bound: what is wrong and where, with names of fields
 * but without the values that Jackson's own messages quote.
 */
final class BindingFailure {

	private static final int MAX_PATH_LENGTH = 200;

	private BindingFailure() {
	}

	static String reason(JacksonException ex) {
		String reason = problem(ex) + position(ex.getLocation());
		return new String(reason.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}",
				"?");
	}

	private static String problem(JacksonException ex) {
		String path = path(ex.getPath());
		if (ex instanceof MismatchedInputException mismatch) {
			return mismatch(mismatch, path);
		}
		String where = (path.isEmpty()) ? "" : " in '" + path + "'";
		if (ex instanceof StreamConstraintsException) {
			return "Beyond the limits of the reader" + where + ": " + withoutOrigin(ex.getOriginalMessage());
		}
		return "Not valid JSON" + where + expectation(ex.getOriginalMessage());
	}

	private static String mismatch(MismatchedInputException ex, String path) {
		if (ex.getCurrentToken() == null) {
			return "Not valid JSON: it ends too early";
		}
		if (path.isEmpty() && String.valueOf(ex.getOriginalMessage()).startsWith("Trailing token")) {
			return "Something follows the end of the JSON";
		}
		String subject = (path.isEmpty()) ? "The element" : "'" + path + "'";
		return subject + " must be " + expected(ex.getTargetType());
	}

	private static String expected(@Nullable Class<?> type) {
		if (type == String.class) {
			return "a text";
		}
		return "an object";
	}

	// After the bad character, Jackson's message says what was expected. Its other
	// messages can quote the text, so only their first words are passed on.
	private static String expectation(@Nullable String message) {
		if (message == null) {
			return "";
		}
		if (message.startsWith("Unexpected character ('/'") && message.contains("comment")) {
			return ": there is a comment, but JSON has no comments";
		}
		int expected = message.indexOf("): ");
		if (message.startsWith("Unexpected character") && expected > 0) {
			return ": unexpected character, " + message.substring(expected + 3).replaceAll(" \\(not recognized.*", "");
		}
		return List
			.of("Unexpected end-of-input", "Invalid UTF-8", "Illegal unquoted character", "Unrecognized token",
					"Unrecognized character escape", "Invalid numeric value")
			.stream()
			.filter(message::startsWith)
			.findFirst()
			.map((start) -> ": " + Character.toLowerCase(start.charAt(0)) + start.substring(1))
			.orElse("");
	}

	private static String withoutOrigin(@Nullable String message) {
		return (message != null) ? message.replaceAll(", from `[^`]*`", "") : "too large";
	}

	private static String path(List<JacksonException.Reference> references) {
		StringBuilder path = new StringBuilder();
		for (JacksonException.Reference reference : references) {
			if (reference.getPropertyName() == null) {
				path.append('[').append(reference.getIndex()).append(']');
			}
			else {
				path.append((path.isEmpty()) ? "" : ".").append(reference.getPropertyName());
			}
			if (path.length() > MAX_PATH_LENGTH) {
				return path.substring(0, MAX_PATH_LENGTH);
			}
		}
		return path.toString();
	}

	private static String position(@Nullable TokenStreamLocation location) {
		return (location != null && location.getByteOffset() >= 0) ? ", at byte " + location.getByteOffset() + " (line "
				+ location.getLineNr() + ", column " + location.getColumnNr() + ")" : "";
	}

}
