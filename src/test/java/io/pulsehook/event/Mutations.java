package io.pulsehook.event;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import io.pulsehook.Samples;

/**
 * The samples, broken in every place and in many ways.
 */
public final class Mutations {

	private static final JsonMapper MAPPER = new JsonMapper();

	private static final List<JsonNode> REPLACEMENTS = Stream
		.of("null", "true", "0", "-1", "1.5e300", "12345678901234567890123", "\"\"", "\"text\"",
				"\"https://e.com/a.jpg\"", "\"\\ud800\\u0000\"", "[]", "{}", "[null]", "[[\"text\"]]",
				"{\"a\":{\"b\":[1]}}", "{\"body\":{\"url\":[]},\"title\":7}",
				"[{\"type\":1,\"payload\":2},{\"id\":[]}]", "\"" + "x".repeat(2_000) + "\"",
				"[".repeat(490) + "]".repeat(490))
		.map((json) -> (JsonNode) MAPPER.readTree(json))
		.toList();

	private Mutations() {
	}

	/**
	 * Returns the bodies to break: those of SendPulse's page, and one that has a bit of
	 * everything that messages can have.
	 * @return each an array of one event, or an event
	 */
	public static Stream<String> samples() {
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

	/**
	 * Replaces and removes each part of an element in turn.
	 * @param element the element
	 * @return elements that differ from it in one part
	 */
	public static Stream<JsonNode> of(JsonNode element) {
		return pointers(element, "", new ArrayList<>()).stream().flatMap((pointer) -> at(element, pointer));
	}

	private static Stream<JsonNode> at(JsonNode element, String pointer) {
		JsonNode original = element.at(pointer);
		Stream<JsonNode> wrapped = Stream.of(MAPPER.createArrayNode().add(original),
				MAPPER.createObjectNode().set("nested", original));
		return Stream.concat(
				Stream.concat(REPLACEMENTS.stream(), wrapped)
					.map((replacement) -> replaced(element, pointer, replacement)),
				Stream.of(replaced(element, pointer, null)));
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

}
