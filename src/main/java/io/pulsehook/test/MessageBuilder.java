package io.pulsehook.test;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import io.pulsehook.event.Channel;
import io.pulsehook.event.IncomingMessage;
import io.pulsehook.event.MessageEvent;

/**
 * Builds a text message, which has its text and id where its messaging platform puts
 * them. Other messages are built with {@link #info}.
 *
 * @param <E> the type of the event
 */
public final class MessageBuilder<E extends MessageEvent> extends ChatbotEventBuilder<E, MessageBuilder<E>> {

	private final boolean incoming;

	private final String sendPulseId = Unique.id();

	private final long number = Unique.number();

	private String text = "Hello";

	private @Nullable String messageId;

	MessageBuilder(Class<E> type, String title) {
		super(type, title);
		addUsualDetails();
		this.incoming = type == IncomingMessage.class;
	}

	/**
	 * Sets the text.
	 * @param text the text
	 * @return this builder
	 */
	public MessageBuilder<E> text(String text) {
		this.text = text;
		return this;
	}

	/**
	 * Sets the id that the messaging platform gave the message.
	 * @param id the id
	 * @return this builder
	 */
	public MessageBuilder<E> messageId(String id) {
		this.messageId = id;
		return this;
	}

	@Override
	JsonNode defaultInfo(Channel service) {
		JsonNode id = messageId(service);
		ObjectNode data = Json.object();
		data.set("message", message(service, id));
		data.set("message_id", id);
		ObjectNode message = Json.object().put("id", this.sendPulseId);
		message.set("channel_data", data);
		ObjectNode info = Json.object();
		info.set("message", message);
		return info;
	}

	// Telegram numbers its messages.
	private JsonNode messageId(Channel service) {
		if (this.messageId != null) {
			return (service == Channel.TELEGRAM) ? Json.number(this.messageId) : Json.of(this.messageId);
		}
		return (service == Channel.TELEGRAM) ? Json.of(this.number) : Json.of("m-" + this.sendPulseId);
	}

	private ObjectNode message(Channel service, JsonNode id) {
		return switch (service) {
			case WHATSAPP, TIKTOK -> typed(id, "body");
			case LIVECHAT -> typed(id, "text");
			case MESSENGER -> own("mid", id);
			case INSTAGRAM -> this.incoming ? own("mid", id) : sentOnInstagram();
			case TELEGRAM, VIBER, UNKNOWN -> own("message_id", id);
		};
	}

	private ObjectNode typed(JsonNode id, String nameOfText) {
		ObjectNode message = Json.object().put("type", "text");
		message.putObject("text").put(nameOfText, this.text);
		message.set("id", id);
		return message;
	}

	private ObjectNode own(String nameOfId, JsonNode id) {
		ObjectNode message = Json.object().put("text", this.text);
		message.set(nameOfId, id);
		return message;
	}

	private ObjectNode sentOnInstagram() {
		ObjectNode message = Json.object();
		message.putObject("message").put("text", this.text);
		return message;
	}

	@Override
	void addDetails(ObjectNode contact) {
		if (this.incoming && !contact.has("last_message")) {
			contact.put("last_message", this.text);
		}
	}

}
