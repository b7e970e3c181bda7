package io.pulsehook.console.events;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

import io.pulsehook.inbox.model.Coded;
import io.pulsehook.inbox.model.EventKind;
import io.pulsehook.inbox.model.EventStatus;
import io.pulsehook.inbox.model.Ids;
import io.pulsehook.inbox.query.EventFilter;

/**
 * The form in which the operator says which events to look for.
 *
 * @param values the fields that are filled in, by name
 * @param filter the filter that they make, or {@code null} if one of them is invalid
 * @param problem what is wrong with the invalid field, or {@code null}
 * @param before the id of the event before which the page begins, or {@code null} for the
 * newest
 */
record EventsForm(Map<String, String> values, @Nullable EventFilter filter, @Nullable String problem,
		@Nullable Long before) {

	private static final List<String> FIELDS = List.of("q", "status", "type", "service", "source", "kind", "title",
			"bot", "contact", "from", "to");

	private static final List<String> RARE = List.of("kind", "title", "bot", "contact", "from", "to");

	static EventsForm of(Map<String, String> parameters) {
		Map<String, String> values = new LinkedHashMap<>();
		for (String field : FIELDS) {
			String value = parameters.getOrDefault(field, "").strip();
			if (!value.isEmpty()) {
				values.put(field, value);
			}
		}
		Long before = Ids.parse(parameters.getOrDefault("cursor", "")).orElse(null);
		try {
			return new EventsForm(values, filter(values), null, before);
		}
		catch (IllegalArgumentException ex) {
			return new EventsForm(values, null, ex.getMessage(), before);
		}
	}

	private static EventFilter filter(Map<String, String> values) {
		return EventFilter.builder()
			.kind(oneOf("kind", values.get("kind"), EventKind.class))
			.type(values.get("type"))
			.title(values.get("title"))
			.service(values.get("service"))
			.source(values.get("source"))
			.bot(values.get("bot"))
			.contact(values.get("contact"))
			.status(oneOf("status", values.get("status"), EventStatus.class))
			.from(time(values.get("from")))
			.to(time(values.get("to")))
			.text(values.get("q"))
			.build();
	}

	private static <E extends Enum<E> & Coded> @Nullable E oneOf(String field, @Nullable String value,
			Class<E> allowed) {
		if (value == null) {
			return null;
		}
		return Coded.find(allowed, value)
			.orElseThrow(() -> new IllegalArgumentException("There is no " + field + " “" + value + "”. Choose one of "
					+ String.join(", ", Coded.codes(allowed)) + "."));
	}

	// Reads a time in UTC, either as a browser's field for times sends it, or with a Z at
	// the end.
	private static @Nullable Instant time(@Nullable String value) {
		try {
			if (value == null) {
				return null;
			}
			Instant time = value.endsWith("Z") ? Instant.parse(value)
					: LocalDateTime.parse(value.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
			return Instant.ofEpochMilli(time.toEpochMilli());
		}
		catch (DateTimeException | ArithmeticException ex) {
			throw new IllegalArgumentException("“" + value + "” is no time. Write it in UTC such as 2026-01-31T12:00.");
		}
	}

	public boolean isFirstPage() {
		return this.before == null;
	}

	public String value(String field) {
		return this.values.getOrDefault(field, "");
	}

	public boolean isEmpty() {
		return this.values.isEmpty();
	}

	public boolean hasRare() {
		return RARE.stream().anyMatch(this.values::containsKey);
	}

	public String status() {
		return value("status");
	}

	// Returns the query of the same search with one field changed. Empty fields are left
	// out.
	public String with(String field, @Nullable Object value) {
		Map<String, String> changed = new LinkedHashMap<>(this.values);
		changed.put(field, (value != null) ? value.toString() : "");
		UriComponentsBuilder query = UriComponentsBuilder.newInstance();
		changed.forEach((name, text) -> {
			if (!text.isEmpty()) {
				query.queryParam(name, "{" + name + "}");
			}
		});
		return query.encode().buildAndExpand(changed).toUriString();
	}

}
