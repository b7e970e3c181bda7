package io.pulsehook.console.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a test that lets an application's handlers handle an event like one that was
 * received. {@linkplain StandIns Stand-ins} replace personal data, since tests are kept
 * and shared.
 */
final class JunitTest {

	/** A constant of a class can have 65,535 bytes at most, and a character has three. */
	private static final int LONGEST_CONSTANT = 20_000;

	private static final JsonMapper json = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
		.build();

	private static final String TEST = """
			import org.junit.jupiter.api.Test;
			import org.springframework.beans.factory.annotation.Autowired;

			import io.pulsehook.test.Pulsehook;
			import io.pulsehook.test.PulsehookTest;

			import static org.assertj.core.api.Assertions.assertThat;

			/**
			 * Handles an event like event %1$d. Stand-ins replace its personal data.
			 */
			@PulsehookTest
			class %2$s%1$dTests {

				private static final String EVENT = %3$s;

				@Autowired
				private Pulsehook pulsehook;

				@Test
				void isHandled() {
					this.pulsehook.post(EVENT);
					this.pulsehook.awaitDone();
					assertThat(this.pulsehook.deadLetters()).isEmpty();
				}

			}
			""";

	private JunitTest() {
	}

	/**
	 * Writes a test.
	 * @param found the event
	 * @return the source of a class, or nothing if the event is no JSON
	 */
	static Optional<String> of(FoundEvent found) {
		try {
			String event = json.writerWithDefaultPrettyPrinter()
				.writeValueAsString(
						new StandIns().replace(json.readTree(new String(found.body(), StandardCharsets.UTF_8))));
			return Optional.of(TEST.formatted(found.id(), found.stored().type(), constant(event)));
		}
		catch (JacksonException ex) {
			return Optional.empty();
		}
	}

	private static String constant(String event) {
		List<String> blocks = new ArrayList<>();
		StringBuilder block = new StringBuilder();
		for (String line : event.lines().toList()) {
			if (!block.isEmpty() && block.length() + line.length() > LONGEST_CONSTANT) {
				blocks.add(block.toString());
				block.setLength(0);
			}
			block.append("\t\t\t").append(escaped(line)).append('\n');
		}
		blocks.add(block.toString());
		List<String> literals = blocks.stream().map((text) -> "\"\"\"\n" + text + "\t\t\t\"\"\"").toList();
		return (literals.size() == 1) ? literals.get(0)
				: literals.stream().collect(Collectors.joining(", ", "String.join(\"\", ", ")"));
	}

	private static String escaped(String line) {
		return line.replace("\\", "\\\\").replace("\"\"\"", "\\\"\"\"");
	}

}
