package io.pulsehook.sendpulse;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON in which words that begin with a dollar stand for values.
 *
 * @param form the JSON with such words
 * @param values the values by their words without the dollar
 */
record JsonForm(JsonNode form, Map<String, JsonNode> values) {

	private static final JsonMapper JSON = JsonMapper.shared();

	static JsonForm of(JsonNode form) {
		return new JsonForm(form, Map.of());
	}

	/**
	 * Returns the form with one more value.
	 * @param name the word that the value takes the place of
	 * @param value the value, which is written as JSON, or {@code null} to leave its
	 * field out
	 */
	JsonForm with(String name, @Nullable Object value) {
		if (value == null) {
			return this;
		}
		Map<String, JsonNode> more = new HashMap<>(this.values);
		more.put("$" + name, JSON.valueToTree(value));
		return new JsonForm(this.form, more);
	}

	/**
	 * Tells whether the form has a place for a value.
	 */
	boolean names(String name) {
		return this.form.toString().contains("\"$" + name + "\"");
	}

	/**
	 * Returns the JSON with all values in it.
	 */
	JsonNode fill() {
		return fill(this.form);
	}

	private JsonNode fill(JsonNode node) {
		if (node.isObject()) {
			return fillFields(node);
		}
		if (node.isArray()) {
			ArrayNode filled = JSON.createArrayNode();
			node.forEach((element) -> filled.add(fill(element)));
			return filled;
		}
		return isWord(node) ? this.values.getOrDefault(node.stringValue(), JSON.missingNode()) : node;
	}

	private JsonNode fillFields(JsonNode node) {
		ObjectNode filled = JSON.createObjectNode();
		node.properties().forEach((field) -> {
			JsonNode value = fill(field.getValue());
			if (!value.isMissingNode()) {
				filled.set(field.getKey(), value);
			}
		});
		return filled;
	}

	private static boolean isWord(JsonNode node) {
		return node.isString() && node.stringValue().startsWith("$");
	}

	/**
	 * Leaves out what is written to people, because this text can end up in logs.
	 */
	@Override
	public String toString() {
		return "JsonForm[]";
	}

}
