package io.pulsehook.destination.kafka;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import io.pulsehook.event.ChatbotEvent;
import io.pulsehook.event.Event;
import io.pulsehook.event.PaymentOrder;

/**
 * The key of a record: what belongs to one contact or one order has the same key, so that
 * Kafka keeps it in one partition and in order.
 */
final class KafkaKey {

	private KafkaKey() {
	}

	/**
	 * Returns the key for an event.
	 * @param event the event
	 * @return the ids of the bot and the contact with a slash between them, or the id of
	 * the order; {@code null} if the event has neither
	 */
	static byte @Nullable [] of(Event event) {
		String key = text(event);
		return (key != null) ? key.getBytes(StandardCharsets.UTF_8) : null;
	}

	private static @Nullable String text(Event event) {
		if (event instanceof PaymentOrder order) {
			return order.id();
		}
		return (event instanceof ChatbotEvent chatbot) ? contact(chatbot) : null;
	}

	private static @Nullable String contact(ChatbotEvent event) {
		String contact = (event.contact() != null) ? event.contact().id() : null;
		String bot = (event.bot() != null) ? event.bot().id() : null;
		return (contact != null && bot != null) ? bot + "/" + contact : contact;
	}

}
