package io.pulsehook.inbox.model;

import java.time.Instant;

/**
 * The identity of a delivery, which is the same for all of its attempts and runs.
 *
 * @param eventId the event's id
 * @param receivedAt when the event was received; it is needed because a new or restored
 * database gives ids again that other systems have seen before
 * @param handler the handler's id
 */
public record DeliveryId(long eventId, Instant receivedAt, String handler) {

	/**
	 * Returns the idempotency key that the handler can give to other systems.
	 */
	@Override
	public String toString() {
		return this.eventId + "-" + Long.toString(this.receivedAt.toEpochMilli(), Character.MAX_RADIX) + "-"
				+ this.handler;
	}

}
