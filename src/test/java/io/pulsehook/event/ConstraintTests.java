package io.pulsehook.event;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the reader's direct checks agree with the constraints on the records.
 */
class ConstraintTests {

	private static final int GENERATED = 5_000;

	private static ValidatorFactory factory;

	private static Validator validator;

	@BeforeAll
	static void open() {
		factory = Validation.byDefaultProvider()
			.configure()
			.ignoreXmlConfiguration()
			.messageInterpolator(new ParameterMessageInterpolator())
			.buildValidatorFactory();
		validator = factory.getValidator();
	}

	@AfterAll
	static void close() {
		factory.close();
	}

	@Test
	void anEnvelopeViolatesWhatAValidatorFinds() {
		assertThat(texts()).allSatisfy((title) -> {
			Envelope envelope = new Envelope(title, null, null, null, null, null, null, null, null, null, null, null);
			assertThat(envelope.violations()).isEqualTo(messages(envelope));
		});
	}

	@Test
	void anOrderViolatesWhatAValidatorFinds() {
		List<@Nullable String> texts = texts();
		for (int i = 0; i < texts.size(); i++) {
			Envelope.Order order = new Envelope.Order(texts.get(i), texts.get(texts.size() - 1 - i), null, null, null,
					null, null, null, null, null, null, null, null, null);
			assertThat(order.violations()).isEqualTo(messages(order));
		}
		Envelope.Order empty = new Envelope.Order(null, " ", null, null, null, null, null, null, null, null, null, null,
				null, null);
		assertThat(empty.violations()).hasSize(2).isEqualTo(messages(empty));
	}

	@Test
	void noOtherComponentsHaveConstraints() {
		assertThat(constrained(Envelope.class)).containsExactly("title");
		assertThat(constrained(Envelope.Order.class)).containsExactlyInAnyOrder("id", "status");
	}

	private static Stream<String> constrained(Class<?> type) {
		return validator.getConstraintsForClass(type)
			.getConstrainedProperties()
			.stream()
			.map((property) -> property.getPropertyName());
	}

	private static List<String> messages(Object bean) {
		return validator.validate(bean).stream().map(ConstraintViolation::getMessage).sorted().toList();
	}

	// Returns texts of characters that some definition takes for blank, alone and
	// together with others.
	private static List<@Nullable String> texts() {
		int[] letters = IntStream
			.concat(IntStream.rangeClosed(0, 0x21),
					IntStream.of('a', 0x7F, 0x85, 0xA0, 0x1680, 0x180E, 0x2007, 0x200B, 0x2028, 0x202F, 0x3000, 0xFEFF,
							0x1F600))
			.toArray();
		List<@Nullable String> texts = new ArrayList<>(Arrays.asList(null, ""));
		IntStream.of(letters).mapToObj(Character::toString).forEach(texts::add);
		Random random = new Random(1);
		for (int i = 0; i < GENERATED; i++) {
			StringBuilder text = new StringBuilder();
			random.ints(1 + random.nextInt(4), 0, letters.length)
				.forEach((letter) -> text.appendCodePoint(letters[letter]));
			texts.add(text.toString());
		}
		return texts;
	}

}
