package io.pulsehook.api;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.EventFilter;

/**
 * The parameters of a list of events. A misspelt one is an error: ignoring it would list
 * what nobody asked for.
 */
final class EventQuery {

	private static final Set<String> NAMES = Set.of("kind", "type", "title", "service", "source", "contact", "status",
			"from", "to", "q", "cursor", "limit");

	private static final List<String> KINDS = List.of("chatbot", "payment", "unrecognized");

	private static final List<String> STATUSES = List.of("open", "done", "dead", "unhandled");

	private static final int DEFAULT_LIMIT = 50;

	private static final int MAX_LIMIT = 500;

	private final Map<String, String> parameters;

	EventQuery(Map<String, String> parameters) {
		Set<String> unknown = new TreeSet<>(parameters.keySet());
		unknown.removeAll(NAMES);
		if (!unknown.isEmpty()) {
			throw new BadParameterException(
					"Unknown parameters " + unknown + "; the known ones are " + new TreeSet<>(NAMES) + ".");
		}
		this.parameters = parameters;
	}

	EventFilter filter() {
		return new EventFilter(oneOf("kind", KINDS), text("type"), text("title"), text("service"), text("source"),
				text("contact"), oneOf("status", STATUSES), instant("from"), instant("to"), text("q"));
	}

	@Nullable Long cursor() {
		String cursor = text("cursor");
		if (cursor == null) {
			return null;
		}
		try {
			return Long.valueOf(cursor);
		}
		catch (NumberFormatException ex) {
			throw new BadParameterException("cursor", cursor, "the 'next' of a former page");
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
			// Not a number is as wrong as one out of range.
		}
		throw new BadParameterException("limit", limit, "a number from 1 to " + MAX_LIMIT);
	}

	private @Nullable String oneOf(String name, List<String> values) {
		String value = text(name);
		if (value != null && !values.contains(value)) {
			throw new BadParameterException(name, value, "one of " + values);
		}
		return value;
	}

	private @Nullable Instant instant(String name) {
		String value = text(name);
		try {
			return (value != null) ? Instant.parse(value) : null;
		}
		catch (DateTimeParseException ex) {
			throw new BadParameterException(name, String.valueOf(value), "a time in UTC such as 2026-01-31T12:00:00Z");
		}
	}

	private @Nullable String text(String name) {
		String value = this.parameters.get(name);
		return (value == null || value.isEmpty()) ? null : value;
	}

}
