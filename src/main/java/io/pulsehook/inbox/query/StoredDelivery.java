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
 * @param attempts how many attempts of the run have ended
 * @param putOffs how many of these have spent no retry
 * @param dueAt when it may run, or {@code null} if it is finished or waits behind another
 * one of its key
 * @param startedAt when the attempt began that succeeded, or {@code null} if none has, or
 * that is not known
 * @param finishedAt when it was done or dead, or {@code null}
 * @param atHand whether a replica has claimed it; always {@code false} in SQLite, where
 * the one process knows what it runs
 * @param lastError the error of the last attempt, or {@code null} if it did not fail
 * @param answer what another system answered that took the event, or {@code null}
 * @param failures the attempts that did not succeed, oldest first; none in a list
 * @param formerSuccesses the attempts of former runs that succeeded, oldest first; none
 * in a list
 * @param burst the first event of the burst that it has been run in, or {@code null}
 * @param burstEvents all events of that burst in their order; none in a list
 */
public record StoredDelivery(DeliveryId id, DeliveryStatus status, int run, int attempts, int putOffs,
		@Nullable Instant dueAt, @Nullable Instant startedAt, @Nullable Instant finishedAt, boolean atHand,
		@Nullable String lastError, @Nullable String answer, List<FailedAttempt> failures,
		List<FormerSuccess> formerSuccesses, @Nullable Long burst, List<Long> burstEvents) {

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
	 * Counts the retries of the run that failures have used up.
	 * @return their number; of a finished delivery, the last attempt has used up none
	 */
	public int retriesSpent() {
		int ended = this.status.isFinished() ? this.attempts - 1 : this.attempts;
		return Math.max(0, ended - this.putOffs);
	}

	/**
	 * An attempt that did not succeed.
	 *
	 * @param run the run it belongs to
	 * @param attempt its number within the run
	 * @param startedAt when it began
	 * @param finishedAt when it ended
	 * @param error the error in one line
	 * @param stackTrace the stack trace with all causes; empty if the error says all
	 * @param putOff whether the delivery was put off, so that the attempt has spent no
	 * retry
	 * @param answer what another system answered that did not take the event, or
	 * {@code null}
	 */
	public record FailedAttempt(int run, int attempt, Instant startedAt, Instant finishedAt, String error,
			String stackTrace, boolean putOff, @Nullable String answer) {

	}

	/**
	 * An attempt that succeeded in a run before the present one.
	 *
	 * @param run the run it belongs to
	 * @param attempt its number within the run
	 * @param startedAt when it began; when it ended, if the beginning is not known
	 * @param finishedAt when it ended
	 * @param answer what another system answered that took the event, or {@code null}
	 */
	public record FormerSuccess(int run, int attempt, Instant startedAt, Instant finishedAt, @Nullable String answer) {

	}

}
