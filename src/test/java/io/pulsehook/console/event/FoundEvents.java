package io.pulsehook.console.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import io.pulsehook.event.ChatbotEvent;
import io.pulsehook.event.Event;
import io.pulsehook.event.EventReader;
import io.pulsehook.event.PaymentOrder;
import io.pulsehook.inbox.model.EventKind;
import io.pulsehook.inbox.model.EventStatus;
import io.pulsehook.inbox.query.StoredEvent;

/**
 * Makes events such as a page shows.
 */
final class FoundEvents {

	private FoundEvents() {
	}

	static FoundEvent of(String body) {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		Event event = new EventReader().read(bytes);
		EventKind kind = (event instanceof PaymentOrder) ? EventKind.PAYMENT
				: (event instanceof ChatbotEvent) ? EventKind.CHATBOT : EventKind.UNRECOGNIZED;
		StoredEvent stored = new StoredEvent(206, "default", kind, event.getClass().getSimpleName(), null, "whatsapp",
				null, "c", EventStatus.DONE, Instant.EPOCH, Instant.EPOCH, null, 0, null);
		return new FoundEvent(stored, bytes, event);
	}

}
