package io.pulsehook.test.sendpulse;

import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the JSON of a request has to look like. A shape is written as JSON itself:
 * <ul>
 * <li>{@code "string"}, {@code "text"} (not blank), {@code "url"}, {@code "integer"},
 * {@code "boolean"}, {@code "scalar"}, {@code "object"} and {@code "any"} stand for a
 * value, {@code "=a|b"} for one of these words;</li>
 * <li>an object has the fields it may have, those with a {@code !} are required;</li>
 * <li>{@code "content_type?"} has a shape for each word that the field of this name may
 * have;</li>
 * <li>{@code "or"} names fields, separated by {@code |}, of which one is required;</li>
 * <li>an array has the shape of each of its elements, and is not empty.</li>
 * </ul>
 */
final class Shape {

	private static final JsonMapper MAPPER = new JsonMapper();

	private static final String OR = "or";

	private final JsonNode shape;

	private Shape(JsonNode shape) {
		this.shape = shape;
	}

	/**
	 * Reads a shape.
	 * @param shape the shape as JSON, with {@code '} for quotes
	 * @return the shape
	 */
	static Shape of(String shape) {
		return new Shape(MAPPER.readTree(shape.replace('\'', '"')));
	}

	/**
	 * Compares a request with this shape.
	 * @param value the JSON of the request
	 * @return what is wrong by the path of the field, in the words of SendPulse's own
	 * framework; empty if nothing is
	 */
	Map<String, String> problems(JsonNode value) {
		Map<String, String> problems = new LinkedHashMap<>();
		check(this.shape, value, "", problems);
		return problems;
	}

	private static void check(JsonNode shape, JsonNode value, String path, Map<String, String> problems) {
		if (shape.isString()) {
			if (!isA(shape.stringValue(), value)) {
				problems.put(path, "The " + path + " is invalid.");
			}
		}
		else if (shape.isArray()) {
			checkElements(shape.get(0), value, path, problems);
		}
		else if (value.isObject()) {
			checkFields(shape, value, path, problems);
		}
		else {
			problems.put(path, "The " + path + " must be an object.");
		}
	}

	private static void checkElements(JsonNode shape, JsonNode value, String path, Map<String, String> problems) {
		if (!value.isArray() || value.isEmpty()) {
			problems.put(path, "The " + path + " must be an array with an element at least.");
		}
		for (int i = 0; value.isArray() && i < value.size(); i++) {
			check(shape, value.get(i), path + "." + i, problems);
		}
	}

	private static void checkFields(JsonNode shape, JsonNode value, String path, Map<String, String> problems) {
		Map<String, JsonNode> fields = fields(shape, value, path, problems);
		value.propertyNames().stream().filter((name) -> !fields.containsKey(name)).forEach((name) -> {
			String field = join(path, name);
			problems.putIfAbsent(field, "The " + field + " field is not known.");
		});
		fields.forEach((name, field) -> {
			if (value.hasNonNull(name)) {
				check(field, value.get(name), join(path, name), problems);
			}
		});
	}

	/**
	 * Lists the fields that an object may have, and notes those that it lacks.
	 */
	private static Map<String, JsonNode> fields(JsonNode shape, JsonNode value, String path,
			Map<String, String> problems) {
		Map<String, JsonNode> fields = new LinkedHashMap<>();
		shape.properties().forEach((property) -> {
			String name = property.getKey();
			JsonNode field = property.getValue();
			if (name.endsWith("?")) {
				fields.putAll(chosen(withoutMark(name), field, value, path, problems));
			}
			else if (name.equals(OR)) {
				requireOne(field.stringValue().split("\\|"), value, path, problems);
			}
			else if (name.endsWith("!")) {
				requireOne(new String[] { withoutMark(name) }, value, path, problems);
				fields.put(withoutMark(name), field);
			}
			else {
				fields.put(name, field);
			}
		});
		return fields;
	}

	private static Map<String, JsonNode> chosen(String chooser, JsonNode variants, JsonNode value, String path,
			Map<String, String> problems) {
		Map<String, JsonNode> fields = new LinkedHashMap<>();
		fields.put(chooser, MAPPER.valueToTree("string"));
		JsonNode variant = variants.path(value.path(chooser).asString(""));
		if (variant.isObject()) {
			fields.putAll(fields(variant, value, path, problems));
		}
		else {
			problems.put(join(path, chooser), "The selected " + join(path, chooser) + " is invalid.");
		}
		return fields;
	}

	private static String withoutMark(String name) {
		return name.substring(0, name.length() - 1);
	}

	private static void requireOne(String[] names, JsonNode value, String path, Map<String, String> problems) {
		if (Arrays.stream(names).noneMatch(value::hasNonNull)) {
			problems.put(join(path, names[0]), "The " + join(path, names[0]) + " field is required.");
		}
	}

	private static String join(String path, String name) {
		return path.isEmpty() ? name : path + "." + name;
	}

	private static boolean isA(String type, JsonNode value) {
		return switch (type) {
			case "string" -> value.isString();
			case "text" -> value.isString() && !value.stringValue().isBlank();
			case "url" -> value.isString() && isUrl(value.stringValue());
			case "integer" -> value.isIntegralNumber();
			case "boolean" -> value.isBoolean();
			case "scalar" -> value.isString() || value.isNumber() || value.isBoolean();
			case "object" -> value.isObject();
			case "any" -> true;
			default -> value.isString() && Arrays.asList(type.substring(1).split("\\|")).contains(value.stringValue());
		};
	}

	private static boolean isUrl(String text) {
		try {
			URI uri = URI.create(text);
			return uri.getHost() != null && uri.getScheme().matches("https?");
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}
