package io.pulsehook.test.sendpulse;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.pulsehook.event.Channel;

/**
 * A message that reached a contact.
 *
 * @param channel the channel
 * @param contact the id of the contact
 * @param type what was sent in the channel's own word, as {@code text}, {@code media_img}
 * or {@code template}
 * @param text the text or caption, or {@code null} if there is none
 * @param body the request as sent
 */
public record SentMessage(Channel channel, String contact, String type, @Nullable String text, JsonNode body) {

	static SentMessage of(Channel channel, String operation, JsonNode body) {
		String contact = body.path("contact_id").asString("");
		return switch (operation) {
			case "contacts/sendText" ->
				new SentMessage(channel, contact, "text", body.path("text").stringValue(null), body);
			case "contacts/sendTemplate" -> new SentMessage(channel, contact, "template", null, body);
			default -> ofMessage(channel, contact, body);
		};
	}

	private static SentMessage ofMessage(Channel channel, String contact, JsonNode body) {
		JsonNode message = body.has("messages") ? body.path("messages").path(0) : body.path("message");
		String type = message.path((channel == Channel.MESSENGER) ? "content_type" : "type").asString("");
		return new SentMessage(channel, contact, type, text(channel, type, message), body);
	}

	private static @Nullable String text(Channel channel, String type, JsonNode message) {
		JsonNode text = switch (channel) {
			case TELEGRAM -> message.has("text") ? message.path("text") : message.path("caption");
			case WHATSAPP -> switch (type) {
				case "text" -> message.at("/text/body");
				case "interactive" -> message.at("/interactive/body/text");
				default -> message.path(type).path("caption");
			};
			case INSTAGRAM -> type.equals("text") ? message.at("/message/text")
					: message.at("/message/attachment/payload/elements/0/title");
			case MESSENGER ->
				type.equals("message") ? message.path("text") : message.at("/data/attachment/payload/elements/0/title");
			default -> message.path(type).path("text");
		};
		return text.stringValue(null);
	}

}
