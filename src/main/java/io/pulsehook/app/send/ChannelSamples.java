package io.pulsehook.app.send;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import io.pulsehook.Events;
import io.pulsehook.console.connect.SampleEvent;
import io.pulsehook.event.MessageEvent;
import io.pulsehook.event.OutgoingMessage;

/**
 * Makes the examples look as if they came from any channel at a given time. Each channel
 * puts the text of a message elsewhere; everything else is the same.
 */
final class ChannelSamples {

	/** Where the message object of each channel has the text, by the channel's code. */
	private static final Map<String, String> TEXT = new TreeMap<>(
			Map.of("instagram", "/text", "livechat", "/text/text", "messenger", "/text", "telegram", "/text", "tiktok",
					"/text/body", "viber", "/text", "whatsapp", "/text/body"));

	/**
	 * Where Instagram has the text of an outgoing message, which it shows as the request
	 * that sent it.
	 */
	private static final String SENT_ON_INSTAGRAM = "/message/text";

	private static final JsonMapper mapper = new JsonMapper();

	private final Instant now;

	ChannelSamples(Instant now) {
		this.now = now;
	}

	static Set<String> channels() {
		return TEXT.keySet();
	}

	/**
	 * The body to post.
	 * @param sample the example
	 * @param channel the channel to come from, or {@code null} for the example's own
	 * @return the body, unchanged where the event belongs to no channel
	 */
	byte[] body(SampleEvent sample, @Nullable String channel) {
		String json = sample.json(this.now);
		JsonNode body = mapper.readTree(json);
		if (channel != null && body.path(0) instanceof ObjectNode event
				&& !channel.equals(event.path("service").asString(""))) {
			moveTo(channel, event, json);
			return mapper.writeValueAsBytes(body);
		}
		return json.getBytes(StandardCharsets.UTF_8);
	}

	private static void moveTo(String channel, ObjectNode event, String json) {
		event.put("service", channel);
		if (event.at("/info/message/channel_data") instanceof ObjectNode data) {
			MessageEvent message = Events.read(json, MessageEvent.class);
			String text = message.text();
			data.set("message", message(placeOfText(channel, message), (text != null) ? text : ""));
		}
	}

	private static String placeOfText(String channel, MessageEvent message) {
		boolean sentOnInstagram = channel.equals("instagram") && message instanceof OutgoingMessage;
		return sentOnInstagram ? SENT_ON_INSTAGRAM : TEXT.getOrDefault(channel, "/text");
	}

	private static ObjectNode message(String place, String text) {
		ObjectNode message = mapper.createObjectNode();
		if (place.startsWith("/text/")) {
			message.put("type", "text");
		}
		JsonPointer pointer = JsonPointer.compile(place);
		message.withObject(pointer.head()).put(pointer.last().getMatchingProperty(), text);
		return message;
	}

}
