package io.pulsehook.console.event;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Replaces what may tell something about a person by stand-ins of the same kind, so that
 * an event keeps its shape: a phone number stays a phone number. Equal values get equal
 * stand-ins. Everything is replaced but what is known to be harmless, since people write
 * names and numbers anywhere.
 */
final class StandIns {

	/** The fields whose texts say what kind of thing something is. */
	private static final Set<String> KINDS = Set.of("service", "type", "status", "currency", "channel", "version",
			"event", "parse_mode", "mime_type", "error_code", "tags");

	/** The fields of a bot that handlers choose by, which are the operator's own. */
	private static final Set<String> OF_BOTS = Set.of("bot.id", "bot.name");

	private static final String TITLE = "title";

	private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+");

	private static final Pattern URL = Pattern.compile("[a-z][a-z0-9+.-]*://.*", Pattern.CASE_INSENSITIVE);

	private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}([T ][\\d:.]+(Z|[+-]\\d{2}:?\\d{2})?)?");

	private static final Pattern TIME = Pattern
		.compile("(?i:date|time|(.*_)?timestamp|.*_(at|date|time))|.*(At|Date|Time)");

	private static final Pattern SHORT_NUMBER = Pattern.compile("[+-]?\\d{1,6}([.,]\\d+)?");

	private static final Pattern PHONE = Pattern.compile("[+(]?\\d[\\d\\s().\\-/]{5,}");

	private static final Pattern ID = Pattern.compile("(?=.*\\d)[\\w.:-]{8,200}");

	private static final Pattern TEMPLATE = Pattern.compile("\\{\\{\\w*}}");

	private static final BigInteger SEVEN_DIGITS = BigInteger.valueOf(1_000_000);

	private static final JsonNodeFactory nodes = JsonNodeFactory.instance;

	private final Map<String, String> known = new HashMap<>();

	/**
	 * Replaces what may tell something about a person.
	 * @param event the event
	 * @return a copy with stand-ins
	 */
	JsonNode replace(JsonNode event) {
		return replace("", event);
	}

	private JsonNode replace(String path, JsonNode node) {
		if (node.isObject()) {
			ObjectNode copy = nodes.objectNode();
			node.properties()
				.forEach((field) -> copy.set(field.getKey(), replace(inner(path, field.getKey()), field.getValue())));
			return copy;
		}
		if (node.isArray()) {
			ArrayNode copy = nodes.arrayNode();
			node.forEach((element) -> copy.add(replace(path, element)));
			return copy;
		}
		if (node.isString()) {
			return nodes.stringNode(text(path, node.stringValue()));
		}
		return node.isIntegralNumber() ? number(path, node) : node;
	}

	// The path of a field below the last two objects is enough to know it by.
	private static String inner(String path, String field) {
		return path.isEmpty() ? field : name(path) + "." + field;
	}

	private static String name(String path) {
		return path.substring(path.lastIndexOf('.') + 1);
	}

	private static boolean isTime(String path) {
		return TIME.matcher(name(path)).matches();
	}

	private JsonNode number(String path, JsonNode node) {
		BigInteger number = node.bigIntegerValue();
		if (number.abs().compareTo(SEVEN_DIGITS) < 0 || isTime(path)) {
			return node;
		}
		return nodes
			.numberNode(new BigInteger(standIn(number.toString(), (count) -> digits(number.toString(), count))));
	}

	private String text(String path, String text) {
		if (text.isBlank() || SHORT_NUMBER.matcher(text).matches() || TEMPLATE.matcher(text).matches()
				|| isHarmless(path, text)) {
			return text;
		}
		return standIn(text, (count) -> like(path, text, count));
	}

	private static boolean isHarmless(String path, String text) {
		if (isTime(path) && (DATE.matcher(text).matches() || PHONE.matcher(text).matches())) {
			return true;
		}
		if (EMAIL.matcher(text).find() || PHONE.matcher(text).matches()) {
			return OF_BOTS.contains(path);
		}
		return KINDS.contains(name(path)) || OF_BOTS.contains(path) || path.equals(TITLE);
	}

	private String standIn(String original, IntFunction<String> maker) {
		String present = this.known.get(original);
		if (present != null) {
			return present;
		}
		String made = maker.apply(this.known.size() + 1);
		this.known.put(original, made);
		return made;
	}

	private static String like(String path, String text, int count) {
		if (EMAIL.matcher(text).matches()) {
			return "person" + count + "@example.com";
		}
		if (URL.matcher(text).matches()) {
			return "https://example.com/" + count;
		}
		if (UUID.matcher(text).matches()) {
			return "00000000-0000-4000-8000-%012d".formatted(count);
		}
		if (DATE.matcher(text).matches()) {
			return "2001-02-03" + text.substring("2001-02-03".length());
		}
		if (PHONE.matcher(text).matches()) {
			return digits(text, count);
		}
		if (ID.matcher(text).matches()) {
			return "0".repeat(text.length() - String.valueOf(count).length()) + count;
		}
		return (name(path).toLowerCase(Locale.ROOT).contains("name") ? "Person " : "Text ") + count;
	}

	// Keeps everything but the digits: the last ones are those of the count, the others
	// fives.
	private static String digits(String text, int count) {
		StringBuilder replaced = new StringBuilder(text);
		int rest = count;
		for (int i = text.length() - 1; i >= 0; i--) {
			if (Character.isDigit(text.charAt(i))) {
				replaced.setCharAt(i, (rest > 0) ? (char) ('0' + rest % 10) : '5');
				rest /= 10;
			}
		}
		return replaced.toString();
	}

}
