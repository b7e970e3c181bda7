package io.pulsehook.test.sendpulse;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import io.pulsehook.event.Channel;

/**
 * What each channel knows of a picture, a voice message and the like.
 */
final class Media {

	private static final String ADDRESS = "https://files.example/";

	private Media() {
	}

	static ObjectNode data(Channel channel, String kind, @Nullable String caption) {
		ObjectNode data = Reply.MAPPER.createObjectNode();
		switch (channel) {
			case TELEGRAM -> {
				ObjectNode file = kind.equals("photo") ? data.putArray(kind).addObject() : data.putObject(kind);
				file.put("file_id", "f-" + FakeMessage.newId());
				put(data, "caption", caption);
			}
			case WHATSAPP, TIKTOK ->
				put(data.put("type", kind).putObject(kind).put("id", FakeMessage.newId()), "caption", caption);
			case INSTAGRAM, MESSENGER -> {
				put(data, "text", caption);
				data.putArray("attachments").addObject().put("type", kind).putObject("payload").put("url", address());
			}
			default -> put(data.put("type", kind).put("media", address()), "text", caption);
		}
		return data;
	}

	private static void put(ObjectNode data, String name, @Nullable String text) {
		if (text != null) {
			data.put(name, text);
		}
	}

	private static String address() {
		return ADDRESS + FakeMessage.newId();
	}

}
