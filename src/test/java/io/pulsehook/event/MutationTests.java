package io.pulsehook.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import io.pulsehook.Samples;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Breaks the samples in every place and in many ways, and tests that the reader makes an
 * event of each.
 */
class MutationTests {

	private static final JsonMapper MAPPER = new JsonMapper();

	private static final EventReader READER = new EventReader();

	private static final List<JsonNode> REPLACEMENTS = Stream
		.of("null", "true", "0", "-1", "1.5e300", "12345678901234567890123", "\"\"", "\"text\"",
				"\"https://e.com/a.jpg\"", "\"\\ud800\\u0000\"", "[]", "{}", "[null]", "[[\"text\"]]",
				"{\"a\":{\"b\":[1]}}", "{\"body\":{\"url\":[]},\"title\":7}",
				"[{\"type\":1,\"payload\":2},{\"id\":[]}]", "\"" + "x".repeat(2_000) + "\"",
				"[".repeat(490) + "]".repeat(490))
		.map((json) -> (JsonNode) MAPPER.readTree(json))
		.toList();

	static Stream<String> samples() {
		return Stream.of(Samples.NEW_SUBSCRIBER, Samples.INCOMING_MESSAGE, Samples.OUTGOING_MESSAGE, Samples.OPEN_CHAT,
				Samples.RUN_CUSTOM_FLOW, Samples.LINK_CLICK, Samples.UNSUBSCRIBE, Samples.BOT_BLOCK,
				Samples.FAILED_DELIVERY, Samples.FLOW_WEBHOOK, Samples.PAYMENT_ORDER,
				"""
						[{"title":"incoming_message","service":"instagram","contact":{"last_message":"https://e.com/f",
						"last_message_data":{"message":{"text":{"body":"b"}}},"tags":[{"name":"t"}],"variables":{"a":1}},
						"info":{"message":{"sent_by":{"firstname":"f"},"channel_data":{"comment_id":1,
						"media":{"permalink":"p","media_product_type":"FEED"},"message":{"mid":"m","is_echo":false,
						"title":"t","reply_to":{"mid":"r","story":{"url":"u"}},"referral":{"ad":1},
						"message":{"text":null,"attachment":{"type":"x","payload":{"url":"u","elements":[{"title":"t"}]}}},
						"attachments":[{"type":"share","payload":{"url":"u","title":"t"}},{"type":"ig_reel"}],
						"photo":[{"file_id":1,"width":5}],"image":{"id":1,"caption":"c"},
						"location":{"latitude":1,"longitude":2},"contacts":[{"name":1}],"contact":{"phone_number":1},
						"interactive":{"button_reply":{"title":null},"list_reply":{}},"button":{"text":null}}}}}}]""");
	}

	@ParameterizedTest
	@MethodSource("samples")
	void anEventComesOutOfEveryMutation(String sample) {
		JsonNode root = MAPPER.readTree(sample);
		JsonNode element = (root.isArray()) ? root.get(0) : root;
		assertThat(use(element)).isNotInstanceOf(UnrecognizedEvent.class);
		for (String pointer : pointers(element, "", new ArrayList<>())) {
			mutate(element, pointer);
		}
	}

	@ParameterizedTest
	@MethodSource("samples")
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

	private static void mutate(JsonNode element, String pointer) {
		JsonNode original = element.at(pointer);
		REPLACEMENTS.forEach((replacement) -> use(replaced(element, pointer, replacement)));
		use(replaced(element, pointer, MAPPER.createArrayNode().add(original)));
		use(replaced(element, pointer, MAPPER.createObjectNode().set("nested", original)));
		use(replaced(element, pointer, null));
	}

	private static JsonNode replaced(JsonNode element, String pointer, @Nullable JsonNode replacement) {
		int slash = pointer.lastIndexOf('/');
		String name = pointer.substring(slash + 1);
		JsonNode copy = element.deepCopy();
		JsonNode parent = copy.at(pointer.substring(0, slash));
		if (parent instanceof ObjectNode object && replacement == null) {
			object.remove(name);
		}
		else if (parent instanceof ObjectNode object) {
			object.set(name, replacement);
		}
		else if (parent instanceof ArrayNode array && replacement == null) {
			array.remove(Integer.parseInt(name));
		}
		else if (parent instanceof ArrayNode array) {
			array.set(Integer.parseInt(name), replacement);
		}
		return copy;
	}

	private static List<String> pointers(JsonNode node, String path, List<String> found) {
		node.forEachEntry((name, value) -> {
			found.add(path + "/" + name);
			pointers(value, path + "/" + name, found);
		});
		if (node.isArray()) {
			for (int i = 0; i < node.size(); i++) {
				found.add(path + "/" + i);
				pointers(node.get(i), path + "/" + i, found);
			}
		}
		return found;
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
