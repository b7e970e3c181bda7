package io.pulsehook.event;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Anything that SendPulse posts: a chatbot event, a payment, or what could not be
 * recognised as either.
 */
public sealed interface Event permits ChatbotEvent, PaymentOrder, UnrecognizedEvent {

	/**
	 * When the event happened according to SendPulse: the {@code date} of a chatbot
	 * event; {@code updatedAt} of a payment, or else its {@code timestamp}.
	 * @return the event's own time, or {@code null} if it carries no usable date
	 */
	@Nullable Instant occurredAt();

}
