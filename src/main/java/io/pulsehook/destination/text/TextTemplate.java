package io.pulsehook.destination.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A text with the names of a payload's fields in braces, such as
 * <code>{customerName}: {totalCost} {currency}</code>. Dots lead into a field, numbers
 * into an array, and two braces in a row stand for a brace.
 */
final class TextTemplate {

	private static final Pattern TOKEN = Pattern.compile("\\{\\{|}}|\\{([^{}]*)}|[{}]");

	private static final Pattern INDEX = Pattern.compile("\\d{1,9}");

	private final List<Part> parts;

	private TextTemplate(List<Part> parts) {
		this.parts = parts;
	}

	/**
	 * Compiles a template.
	 * @param text the text
	 * @return the template
	 * @throws IllegalArgumentException if a brace has no partner, or no name is between
	 * two of them
	 */
	static TextTemplate compile(String text) {
		List<Part> parts = new ArrayList<>();
		Matcher token = TOKEN.matcher(text);
		int end = 0;
		while (token.find()) {
			parts.add(Part.literal(text.substring(end, token.start())));
			parts.add((token.group(1) != null) ? Part.field(token.group(1)) : brace(token));
			end = token.end();
		}
		parts.add(Part.literal(text.substring(end)));
		return new TextTemplate(List.copyOf(parts));
	}

	private static Part brace(Matcher token) {
		if (token.group().length() == 1) {
			throw new IllegalArgumentException(
					"text has '%s' without its partner at position %d. For the brace itself, ".formatted(token.group(),
							token.start() + 1) + "write it twice.");
		}
		return Part.literal(token.group().substring(1));
	}

	/**
	 * Returns the names between braces.
	 */
	Stream<String> names() {
		return this.parts.stream().filter(Part::isField).map(Part::text);
	}

	/**
	 * Returns the text without the values of its fields.
	 */
	String literals() {
		return render(MissingNode.getInstance(), UnaryOperator.identity());
	}

	/**
	 * Writes the text of an event. A name stands for what the event's record has of it,
	 * or else for what the payload around it has; what is missing or null is left empty.
	 * @param payload the payload, whose {@code data} is the record
	 * @param escape makes a value harmless between the text's own markup
	 * @return the text
	 */
	String render(JsonNode payload, UnaryOperator<String> escape) {
		return this.parts.stream()
			.map((part) -> part.isField() ? escape.apply(part.valueIn(payload)) : part.text())
			.collect(Collectors.joining());
	}

	/**
	 * A piece of a template.
	 *
	 * @param text the text as it is, or the name of a field
	 * @param path the names that lead to the field, or {@code null} if the text is none
	 */
	private record Part(String text, @Nullable List<String> path) {

		static Part literal(String text) {
			return new Part(text, null);
		}

		static Part field(String name) {
			if (name.isBlank()) {
				throw new IllegalArgumentException("text has two braces without a name between them.");
			}
			return new Part(name.strip(), List.of(name.strip().split("\\.", -1)));
		}

		boolean isField() {
			return this.path != null;
		}

		String valueIn(JsonNode payload) {
			JsonNode own = find(payload.path("data"));
			JsonNode around = find(payload);
			JsonNode value = (isText(own) || !isPresent(around)) ? own : around;
			return isText(value) ? value.asString() : isPresent(value) ? value.toString() : "";
		}

		private JsonNode find(JsonNode from) {
			JsonNode node = from;
			for (String name : (this.path != null) ? this.path : List.<String>of()) {
				node = node.isArray() ? node.path(index(name)) : node.path(name);
			}
			return node;
		}

		private static int index(String name) {
			return INDEX.matcher(name).matches() ? Integer.parseInt(name) : -1;
		}

		private static boolean isText(JsonNode value) {
			return value.isValueNode() && !value.isNull();
		}

		private static boolean isPresent(JsonNode value) {
			return !value.isMissingNode() && !value.isNull();
		}

	}

}
