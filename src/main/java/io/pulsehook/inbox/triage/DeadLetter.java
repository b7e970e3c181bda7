package io.pulsehook.inbox.triage;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.query.DeliveryPage;

/**
 * A delivery that has been given up.
 *
 * @param event the event's id
 * @param handler the handler's id
 * @param diedAt when it was given up
 * @param attempts how many attempts of its last run there were
 * @param error the error of its last attempt in one line, beginning with the class of the
 * exception; empty if that is not known
 * @param type the simple name of the event's record
 * @param contact the contact's id, or {@code null} if the event has none
 */
public record DeadLetter(long event, String handler, Instant diedAt, int attempts, String error, String type,
		@Nullable String contact) {

	/**
	 * Returns its place among all dead letters, of which those of the newest events come
	 * first.
	 * @return the place
	 */
	public DeliveryPage.Cursor place() {
		return new DeliveryPage.Cursor(this.event, this.handler);
	}

}
