package io.pulsehook.inbox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.EventKind;
import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.model.NewEvent.Identity;

/**
 * Creates events as the receiver hands them to the inbox.
 */
public final class ExampleEvents {

	private ExampleEvents() {
	}

	/** Creates an event of a contact; the number tells it from all others. */
	public static NewEvent openChat(String contact, int number) {
		String body = """
				{"title":"open_chat","service":"telegram","bot":{"id":"b"},"contact":{"id":"%s","name":"%d"}}"""
			.formatted(contact, number);
		return event("OpenChat", contact, (long) contact.hashCode(), identity(contact + "/" + number, false), body);
	}

	/** Creates an event that only the time tells from an equal one. */
	public static NewEvent bare(String key) {
		return event("OpenChat", null, null, identity(key, true), "{\"title\":\"open_chat\"}");
	}

	public static NewEvent event(String type, @Nullable String contact, @Nullable Long orderingKey, Identity identity,
			String body) {
		return new NewEvent("default", EventKind.CHATBOT, type, "open_chat", "telegram", "b", contact, orderingKey,
				identity, null, null, bytes(body), 0);
	}

	/** Creates the event of a failed delivery that was read as the type. */
	public static NewEvent failedDelivery(String type, int number) {
		String body = """
				{"title":"failed_delivery","service":"whatsapp","info":{"error_code":%d}}""".formatted(number);
		return new NewEvent("default", EventKind.CHATBOT, type, "failed_delivery", "whatsapp", null, null, null,
				identity(body, false), null, null, bytes(body), 0);
	}

	public static NewEvent order(String id, String updatedAt, int status) {
		return order(id, updatedAt, status, 0);
	}

	/** Creates the event of an order's state, with the rank of its status. */
	public static NewEvent order(String id, String updatedAt, int status, int rank) {
		String body = """
				{"order":{"id":"%s","status":%d,"updatedAt":"%s"}}""".formatted(id, status, updatedAt);
		return new NewEvent("default", EventKind.PAYMENT, "PaymentOrder", null, null, null, null, (long) id.hashCode(),
				identity(body, false), Instant.parse(updatedAt), null, bytes(body), rank);
	}

	public static Identity identity(String text, boolean windowed) {
		byte[] bytes = bytes(text);
		return new Identity(ByteBuffer.allocate(8 + bytes.length).putLong(0).put(bytes).array(), windowed);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
