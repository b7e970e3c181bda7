package io.pulsehook.test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import io.pulsehook.event.Channel;
import io.pulsehook.event.FailedDelivery;

/**
 * Builds the event that a message could not be delivered, which WhatsApp bots send. Its
 * contact has a phone number and nothing else.
 */
public final class FailedDeliveryBuilder extends ChatbotEventBuilder<FailedDelivery, FailedDeliveryBuilder> {

	private final ObjectNode info = Json.object();

	FailedDeliveryBuilder() {
		super(FailedDelivery.class, "failed_delivery");
		service(Channel.WHATSAPP);
		phone("380985236985");
		messageId("m-" + Unique.id());
		error(470, "Re-engagement message");
	}

	/**
	 * Sets the id of the message that was not delivered.
	 * @param id the id
	 * @return this builder
	 */
	public FailedDeliveryBuilder messageId(String id) {
		this.info.put("message_id", id);
		return this;
	}

	/**
	 * Sets the error.
	 * @param code the messaging platform's number of it
	 * @param message what the platform says of it
	 * @return this builder
	 */
	public FailedDeliveryBuilder error(int code, String message) {
		this.info.put("error_code", code).put("error_message", message);
		return this;
	}

	@Override
	JsonNode defaultInfo(Channel service) {
		return this.info.deepCopy();
	}

}
