package io.pulsehook.api;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.Coded;
import io.pulsehook.inbox.model.Columns;

/**
 * The parameters of a request. An unknown one is refused: if a misspelt filter were
 * ignored, the answer would list events that nobody asked for.
 */
final class Parameters {

	private static final int DEFAULT_LIMIT = 50;

	private static final int MAX_LIMIT = 500;

	private final Map<String, String> values;

	Parameters(Map<String, String> values, Set<String> known) {
		Set<String> unknown = new TreeSet<>(values.keySet());
		unknown.removeAll(known);
		if (!unknown.isEmpty()) {
			throw new BadParameterException(
					"Unknown parameters " + unknown + "; the known ones are " + new TreeSet<>(known) + ".");
		}
		this.values = values;
	}

	@Nullable String text(String name) {
		String value = anyText(name);
		if (value != null && !Columns.isAccepted(value)) {
			throw new BadParameterException("Parameter '" + name + "' has a NUL or half of a surrogate pair, which no "
					+ "stored text has. Leave it out.");
		}
		return value;
	}

	/**
	 * Returns a value that may have characters which a database would refuse.
	 */
	@Nullable String anyText(String name) {
		String value = this.values.get(name);
		return (value == null || value.isEmpty()) ? null : value;
	}

	<E extends Enum<E> & Coded> @Nullable E oneOf(String name, Class<E> allowed) {
		String value = text(name);
		if (value == null) {
			return null;
		}
		return Coded.find(allowed, value)
			.orElseThrow(() -> new BadParameterException(name, value, "one of " + Coded.codes(allowed)));
	}

	@Nullable Instant instant(String name) {
		String value = text(name);
		try {
			return (value != null) ? Instant.ofEpochMilli(Instant.parse(value).toEpochMilli()) : null;
		}
		catch (DateTimeParseException | ArithmeticException ex) {
			throw new BadParameterException(name, String.valueOf(value), "a time in UTC such as 2026-01-31T12:00:00Z");
		}
	}

	int limit() {
		String limit = text("limit");
		if (limit == null) {
			return DEFAULT_LIMIT;
		}
		try {
			int number = Integer.parseInt(limit);
			if (number >= 1 && number <= MAX_LIMIT) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// The answer is the same for a text that is not a number and for a number out
			// of range.
		}
		throw new BadParameterException("limit", limit, "a number from 1 to " + MAX_LIMIT);
	}

	static BadParameterException badCursor(String cursor) {
		return new BadParameterException("cursor", cursor, "the 'next' of a former page");
	}

}
