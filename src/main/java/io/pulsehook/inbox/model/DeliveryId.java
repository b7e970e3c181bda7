package io.pulsehook.inbox.model;

import java.time.Instant;

/**
 * What a delivery is known by. It stays the same for all attempts and runs.
 *
 * @param eventId the event's id
 * @param receivedAt when the event was received: a new or restored database gives ids
 * again that the outside has seen before
 * @param handler the handler's id
 */
public record DeliveryId(long eventId, Instant receivedAt, String handler) {

	/**
	 * The idempotency key that the handler uses towards the outside.
	 */
	@Override
	public String toString() {
		return this.eventId + "-" + Long.toString(this.receivedAt.toEpochMilli(), Character.MAX_RADIX) + "-"
				+ this.handler;
	}

}
