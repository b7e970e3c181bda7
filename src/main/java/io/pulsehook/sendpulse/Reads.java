package io.pulsehook.sendpulse;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads fields of answers leniently: numbers come as texts and texts as numbers, and what
 * is missing or of another kind is nothing.
 */
final class Reads {

	/**
	 * The times end with {@code .000Z} or {@code +00:00}, and those of the documentation
	 * have a space where others have a T. All that are known are those of UTC, therefore
	 * one without a zone is taken for that.
	 */
	private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
		.append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
		.appendPattern("[XXX][XX][X]")
		.parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
		.toFormatter();

	private Reads() {
	}

	/** Returns a text or a number as text, or {@code null} if it is neither or blank. */
	static @Nullable String text(JsonNode value) {
		if (value.isString()) {
			return value.stringValue().isBlank() ? null : value.stringValue();
		}
		return (value.isNumber() || value.isBoolean()) ? value.asString() : null;
	}

	static String text(JsonNode node, String field, String otherwise) {
		String text = text(node.path(field));
		return (text != null) ? text : otherwise;
	}

	/** Returns the first of several values that is a text or a number. */
	static @Nullable String first(JsonNode... values) {
		for (JsonNode value : values) {
			String text = text(value);
			if (text != null) {
				return text;
			}
		}
		return null;
	}

	static boolean isTrue(JsonNode value) {
		String text = text(value);
		return "true".equals(text) || "1".equals(text);
	}

	/** Returns the texts of a list, and of objects their names. */
	static List<String> texts(JsonNode list) {
		List<String> texts = new ArrayList<>();
		list.forEach((element) -> {
			String text = first(element, element.path("name"), element.path("tag"));
			if (text != null) {
				texts.add(text);
			}
		});
		return List.copyOf(texts);
	}

	/** Returns the fields of an object; PHP writes one without any as an empty list. */
	static Map<String, JsonNode> fields(JsonNode object) {
		Map<String, JsonNode> fields = new LinkedHashMap<>();
		object.properties().forEach((field) -> fields.put(field.getKey(), field.getValue()));
		return Collections.unmodifiableMap(fields);
	}

	static @Nullable Instant time(JsonNode value) {
		String text = text(value);
		if (text == null) {
			return null;
		}
		try {
			return TIME.parse(text.strip().replaceFirst(" ", "T"), Instant::from);
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

}
