package io.pulsehook.inbox.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A delivery that may run now, with the event as it was stored.
 *
 * @param eventId the event's id
 * @param handler the handler's id
 * @param orderingKey the key whose deliveries run one after the other, or {@code null}
 * @param run 1, and one more with each replay
 * @param attempts how many attempts of this run have ended without success
 * @param runner the id of the runner that claimed it
 * @param source the source of the event
 * @param type the simple name of the record it was stored as
 * @param reason why the event was not recognised, or {@code null}
 * @param receivedAt when it was received
 * @param arrivedAt when its webhook arrived, or {@code null} if it was received then
 * @param trace the trace context that it goes on with, or {@code null}
 * @param body the element's bytes
 * @param interruptions how often the process ended during this run while a handler was at
 * work on it; 0 if that happened once only, since one end is not held against a delivery
 * @param putOffs how many of the attempts have spent no retry
 * @param putOffSince when the first of these ended, or {@code null} if there are none
 * @param replayed whether somebody asked for it to be handled again
 * @param burst the first event of the burst that it has been run in, or {@code null}
 */
public record DueDelivery(long eventId, String handler, @Nullable Long orderingKey, int run, int attempts, long runner,
		String source, String type, @Nullable String reason, Instant receivedAt, @Nullable Instant arrivedAt,
		@Nullable String trace, byte[] body, int interruptions, int putOffs, @Nullable Instant putOffSince,
		boolean replayed, @Nullable Long burst) {

	/**
	 * Makes the first run of an event that is being stored.
	 * @param eventId the event's id
	 * @param handler the handler's id
	 * @param orderingKey the key whose deliveries run one after the other, or
	 * {@code null}
	 * @param runner the id of the runner that claimed it
	 * @param event the event
	 * @param receivedAt when it was received; the database keeps milliseconds
	 * @param trace the trace context that it goes on with, or {@code null}
	 * @return the delivery as a claim would read it
	 */
	public static DueDelivery stored(long eventId, String handler, @Nullable Long orderingKey, long runner,
			NewEvent event, Instant receivedAt, @Nullable String trace) {
		return new DueDelivery(eventId, handler, orderingKey, 1, 0, runner, event.source(), event.type(),
				event.reason(), receivedAt.truncatedTo(ChronoUnit.MILLIS), event.arrivedAt(), trace, event.body(), 0, 0,
				null, false, null);
	}

	/**
	 * Returns the same delivery as the first one of a burst, or without one.
	 * @param burst the event's id, or {@code null} if the event is handled alone
	 * @return the delivery
	 */
	public DueDelivery inBurst(@Nullable Long burst) {
		return Objects.equals(this.burst, burst) ? this
				: new DueDelivery(this.eventId, this.handler, this.orderingKey, this.run, this.attempts, this.runner,
						this.source, this.type, this.reason, this.receivedAt, this.arrivedAt, this.trace, this.body,
						this.interruptions, this.putOffs, this.putOffSince, this.replayed, burst);
	}

	/**
	 * Tells whether another claim is for the same attempt of the same delivery.
	 * @param other the other one
	 * @return {@code true} if so
	 */
	public boolean isSameAttemptAs(DueDelivery other) {
		return this.eventId == other.eventId && this.run == other.run && this.attempts == other.attempts
				&& this.runner == other.runner && this.handler.equals(other.handler);
	}

	/**
	 * Tells whether others may be handled together with it: deliveries of the same burst,
	 * of which it is the first.
	 * @return {@code true} if so
	 */
	public boolean leadsBurst() {
		return this.burst != null && this.burst == this.eventId && !this.replayed;
	}

	/**
	 * Counts the retries of this run that are used up.
	 * @return how many attempts have failed without being put off
	 */
	public int spent() {
		return Math.max(0, this.attempts - this.putOffs);
	}

	/**
	 * Returns the identity of the delivery.
	 * @return the id, which is the same for all attempts and runs
	 */
	public DeliveryId id() {
		return new DeliveryId(this.eventId, this.receivedAt, this.handler);
	}

}
