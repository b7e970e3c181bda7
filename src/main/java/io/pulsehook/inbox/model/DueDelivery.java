package io.pulsehook.inbox.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;

/**
 * A delivery that may run now, with the event as it was stored.
 *
 * @param eventId the event's id
 * @param handler the handler's id
 * @param orderingKey what it is ordered by, or {@code null}
 * @param run 1, and one more with each replay
 * @param attempts how many attempts of this run have failed
 * @param runner what it was claimed by
 * @param source the source of the event
 * @param type the simple name of the record it was stored as
 * @param reason why it was not recognised, or {@code null}
 * @param receivedAt when it was received
 * @param trace the trace context that it goes on with, or {@code null}
 * @param body the element's bytes
 * @param interruptions how often the process ended in this run while a handler was at
 * work on it; 0 for once, after which it runs as anything else
 */
public record DueDelivery(long eventId, String handler, @Nullable Long orderingKey, int run, int attempts, long runner,
		String source, String type, @Nullable String reason, Instant receivedAt, @Nullable String trace, byte[] body,
		int interruptions) {

	/**
	 * Makes the first run of an event that is being stored.
	 * @param eventId the event's id
	 * @param handler the handler's id
	 * @param orderingKey what it is ordered by, or {@code null}
	 * @param runner what it was claimed by
	 * @param event the event
	 * @param receivedAt when it was received; the database keeps milliseconds
	 * @param trace the trace context that it goes on with, or {@code null}
	 * @return the delivery as a claim would read it
	 */
	public static DueDelivery stored(long eventId, String handler, @Nullable Long orderingKey, long runner,
			NewEvent event, Instant receivedAt, @Nullable String trace) {
		return new DueDelivery(eventId, handler, orderingKey, 1, 0, runner, event.source(), event.type(),
				event.reason(), receivedAt.truncatedTo(ChronoUnit.MILLIS), trace, event.body(), 0);
	}

	/**
	 * What the delivery is known by.
	 * @return the same for all attempts and runs
	 */
	public DeliveryId id() {
		return new DeliveryId(this.eventId, this.receivedAt, this.handler);
	}

}
