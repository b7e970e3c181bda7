package io.pulsehook.test;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes JSON with a mapper of its own, since the application's may be
 * configured to rename or omit fields.
 */
final class Json {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
		.build();

	private static final Pattern NUMBER = Pattern.compile("(?:0|[1-9][0-9]{0,17})(?:\\.[0-9]{1,18})?");

	private Json() {
	}

	static ObjectNode object() {
		return MAPPER.createObjectNode();
	}

	static JsonNode of(@Nullable Object value) {
		return (value instanceof JsonNode node) ? node : MAPPER.valueToTree(value);
	}

	/**
	 * Reads JSON that somebody wrote.
	 * @param json the JSON
	 * @return what it says
	 * @throws IllegalArgumentException if it is none
	 */
	static JsonNode read(String json) {
		try {
			return MAPPER.readTree(json);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("This is no JSON: " + ex.getOriginalMessage(), ex);
		}
	}

	/**
	 * Returns digits as a JSON number: this is how SendPulse writes codes, costs, and the
	 * ids of platforms that number them.
	 * @param text a number, or any text
	 * @return the number, or the text if it is none of at most 18 digits
	 */
	static JsonNode number(String text) {
		return NUMBER.matcher(text).matches() ? MAPPER.readTree(text) : of(text);
	}

	static void set(ObjectNode element, JsonPointer pointer, JsonNode value) {
		element.withObject(pointer.head(), JsonNode.OverwriteMode.ALL, true)
			.set(pointer.last().getMatchingProperty(), value);
	}

}
