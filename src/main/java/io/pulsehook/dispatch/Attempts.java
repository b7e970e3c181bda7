package io.pulsehook.dispatch;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.pulsehook.Delivery;
import io.pulsehook.UnrecoverableEventException;
import io.pulsehook.event.Event;
import io.pulsehook.event.EventReader;
import io.pulsehook.event.UnrecognizedEvent;
import io.pulsehook.inbox.Deliveries;
import io.pulsehook.inbox.DueDelivery;

/**
 * Calls a handler: binds the stored bytes again and says what is known of the delivery.
 */
final class Attempts {

	private final EventReader reader;

	private final Deliveries deliveries;

	Attempts(EventReader reader, Deliveries deliveries) {
		this.reader = reader;
		this.deliveries = deliveries;
	}

	@Nullable Void attempt(RegisteredHandler handler, DueDelivery due) throws Exception {
		handler.handler().handle(event(due), delivery(due));
		return null;
	}

	private Event event(DueDelivery due) {
		if (due.type().equals(UnrecognizedEvent.class.getSimpleName())) {
			return new UnrecognizedEvent(Objects.requireNonNullElse(due.reason(), ""));
		}
		Event event = this.reader.read(due.body());
		String type = event.getClass().getSimpleName();
		if (!type.equals(due.type())) {
			throw new UnrecoverableEventException(
					"The event was stored as %s, but this version reads it as %s.".formatted(due.type(), type));
		}
		return event;
	}

	private Delivery delivery(DueDelivery due) {
		return Delivery.builder(due.handler())
			.id(Deliveries.id(due))
			.attempt(due.attempts() + 1)
			.run(due.run())
			.receivedAt(due.receivedAt())
			.source(due.source())
			.raw(new String(due.body(), StandardCharsets.UTF_8))
			.superseded(() -> this.deliveries.isSuperseded(due.eventId()))
			.build();
	}

}
