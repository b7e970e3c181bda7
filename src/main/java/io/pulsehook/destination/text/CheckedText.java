package io.pulsehook.destination.text;

import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.pulsehook.destination.DestinationSettings;
import io.pulsehook.destination.EventTypes;
import io.pulsehook.failure.Nearest;

/**
 * Reads the text of a destination and checks it against the types that it receives, so
 * that a mistyped name ends the start and does not leave a gap in each text.
 */
final class CheckedText {

	private CheckedText() {
	}

	/**
	 * Reads a text.
	 * @param settings the settings of a destination for a chat, which have a text
	 * @return the template
	 * @throws IllegalArgumentException if its braces are no pairs, or no event of its
	 * types can have one of its names
	 */
	static TextTemplate of(DestinationSettings settings) {
		TextTemplate template = TextTemplate.compile(Objects.requireNonNull(settings.text()));
		FieldNames known = FieldNames.of(EventTypes.named(settings.types()));
		template.names().filter((name) -> !known.contains(name)).findFirst().ifPresent((name) -> {
			String events = settings.types().isEmpty() ? "event" : String.join(" or ", settings.types());
			throw new IllegalArgumentException(
					"text has {%s}, which no %s has. %s".formatted(name, events, suggestion(name, known)));
		});
		return template;
	}

	private static String suggestion(String name, FieldNames known) {
		return Nearest.to(name, known.stream(), Function.identity())
			.map((nearest) -> "Did you mean {" + nearest + "}?")
			.orElseGet(() -> "There are "
					+ known.stream().filter((one) -> one.indexOf('.') < 0).collect(Collectors.joining(", ")) + ".");
	}

}
