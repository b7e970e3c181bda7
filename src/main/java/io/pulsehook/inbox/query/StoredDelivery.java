package io.pulsehook.inbox.query;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.DeliveryId;
import io.pulsehook.inbox.model.DeliveryStatus;

/**
 * A delivery as it is stored.
 *
 * @param id its identity
 * @param status its status as it is stored
 * @param run 1, and one more with each replay
 * @param attempts how many attempts have ended
 * @param dueAt when it may run, or {@code null} if it is finished or waits behind another
 * one of its key
 * @param finishedAt when it was done or dead, or {@code null}
 * @param atHand whether a replica has claimed it; always {@code false} in SQLite, where
 * the one process knows what it runs
 * @param lastError the error of the last attempt, or {@code null} if it did not fail
 * @param failures the failed attempts, oldest first; none in a list
 */
public record StoredDelivery(DeliveryId id, DeliveryStatus status, int run, int attempts, @Nullable Instant dueAt,
		@Nullable Instant finishedAt, boolean atHand, @Nullable String lastError, List<FailedAttempt> failures) {

	/**
	 * Returns the event that is delivered.
	 * @return its id
	 */
	public long eventId() {
		return this.id.eventId();
	}

	/**
	 * Returns the handler that it is delivered to.
	 * @return its id
	 */
	public String handler() {
		return this.id.handler();
	}

	/**
	 * An attempt that failed.
	 *
	 * @param run the run it belongs to
	 * @param attempt its number within the run
	 * @param startedAt when it began
	 * @param finishedAt when it ended
	 * @param error the error in one line
	 * @param stackTrace the stack trace with all causes
	 */
	public record FailedAttempt(int run, int attempt, Instant startedAt, Instant finishedAt, String error,
			String stackTrace) {

	}

}
