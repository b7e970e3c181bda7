package io.pulsehook.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Breaks the samples in every place and in many ways, and tests that the reader makes an
 * event of each.
 */
class MutationTests {

	private static final JsonMapper MAPPER = new JsonMapper();

	private static final EventReader READER = new EventReader();

	@ParameterizedTest
	@MethodSource("io.pulsehook.event.Mutations#samples")
	void anEventComesOutOfEveryMutation(String sample) {
		JsonNode root = MAPPER.readTree(sample);
		JsonNode element = (root.isArray()) ? root.get(0) : root;
		assertThat(use(element)).isNotInstanceOf(UnrecognizedEvent.class);
		Mutations.of(element).forEach(MutationTests::use);
	}

	@ParameterizedTest
	@MethodSource("io.pulsehook.event.Mutations#samples")
	void anEventComesOutOfBrokenBytes(String sample) {
		Random random = new Random(20260103);
		byte[] element = MAPPER.readTree(sample).toString().getBytes(StandardCharsets.UTF_8);
		for (int round = 0; round < 500; round++) {
			byte[] broken = Arrays.copyOf(element, 1 + random.nextInt(element.length));
			for (int i = random.nextInt(4); i > 0; i--) {
				broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
			}
			use(broken);
		}
	}

	private static Event use(JsonNode element) {
		return use(element.toString().getBytes(StandardCharsets.UTF_8));
	}

	private static Event use(byte[] element) {
		Event event = READER.read(element);
		event.occurredAt();
		assertThat(READER.toJson(event).isObject()).isTrue();
		if (event instanceof UnrecognizedEvent unrecognized) {
			assertThat(unrecognized.reason()).isNotBlank();
		}
		else if (event instanceof MessageEvent message) {
			assertThat(READER.messageToJson(message)).isInstanceOf(ObjectNode.class);
		}
		else if (event instanceof FailedDelivery failure) {
			failure.messageId();
			failure.errorCode();
			failure.errorMessage();
		}
		else if (event instanceof PaymentOrder payment) {
			payment.variables().forEach(PaymentVariable::value);
		}
		return event;
	}

}
