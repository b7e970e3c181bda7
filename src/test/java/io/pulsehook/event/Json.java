package io.pulsehook.event;

import java.nio.charset.StandardCharsets;

/**
 * Reads events from JSON that is written with single quotes.
 */
final class Json {

	private static final EventReader READER = new EventReader();

	private Json() {
	}

	static Event event(String json) {
		return READER.read(bytes(json));
	}

	static <E extends Event> E event(Class<E> type, String json) {
		Event event = event(json);
		if (!type.isInstance(event)) {
			throw new AssertionError("Expected " + type.getSimpleName() + " but got " + event);
		}
		return type.cast(event);
	}

	static String reason(String json) {
		return event(UnrecognizedEvent.class, json).reason();
	}

	static Contact contact(String json) {
		Contact contact = event(FlowWebhook.class, "{'title':'x','contact':" + json + "}").contact();
		if (contact == null) {
			throw new AssertionError("No contact in " + json);
		}
		return contact;
	}

	static IncomingMessage incoming(String channelData) {
		return incoming(channelData, "null");
	}

	static IncomingMessage incoming(String channelData, String contact) {
		return event(IncomingMessage.class, message("incoming_message", channelData, contact));
	}

	static OutgoingMessage outgoing(String channelData) {
		return outgoing(channelData, "null");
	}

	static OutgoingMessage outgoing(String channelData, String contact) {
		return event(OutgoingMessage.class, message("outgoing_message", channelData, contact));
	}

	private static String message(String title, String channelData, String contact) {
		return "{'title':'%s','info':{'message':{'channel_data':%s}},'contact':%s}".formatted(title, channelData,
				contact);
	}

	static PaymentOrder payment(String fields) {
		return event(PaymentOrder.class, "{'order':{'id':'a','status':200" + fields + "}}");
	}

	static byte[] bytes(String json) {
		return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
	}

}
