package io.pulsehook.app.send;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import io.pulsehook.Events;
import io.pulsehook.console.connect.SampleEvent;
import io.pulsehook.event.MessageEvent;

/**
 * The examples as they would come from any channel at a given time. Each channel puts the
 * text of a message elsewhere; everything else is the same.
 */
final class ChannelSamples {

	/** By the channel's code, where its own message object has the text. */
	private static final Map<String, String> TEXT = new TreeMap<>(
			Map.of("instagram", "/text", "livechat", "/text/text", "messenger", "/text", "telegram", "/text", "tiktok",
					"/text/body", "viber", "/text", "whatsapp", "/text/body"));

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
			String text = Events.read(json, MessageEvent.class).text();
			data.set("message", message(channel, (text != null) ? text : ""));
		}
	}

	private static ObjectNode message(String channel, String text) {
		String[] path = TEXT.getOrDefault(channel, "/text").substring(1).split("/");
		ObjectNode message = mapper.createObjectNode();
		ObjectNode parent = (path.length > 1) ? message.put("type", "text").putObject(path[0]) : message;
		parent.put(path[path.length - 1], text);
		return message;
	}

}
