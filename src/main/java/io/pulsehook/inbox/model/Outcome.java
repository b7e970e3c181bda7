package io.pulsehook.inbox.model;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How an attempt of a delivery ended.
 *
 * @param delivery the delivery that ran
 * @param startedAt when the attempt began
 * @param finishedAt when it ended
 * @param failure the failure, or {@code null} if the attempt succeeded
 * @param retryAt when the delivery is tried again, or {@code null} if it is not
 */
public record Outcome(DueDelivery delivery, Instant startedAt, Instant finishedAt, @Nullable Failure failure,
		@Nullable Instant retryAt) {

	/**
	 * Returns the number of the attempt within its run.
	 * @return 1 for the first
	 */
	public int attempt() {
		return this.delivery.attempts() + 1;
	}

	/**
	 * The failure of an attempt as the operator is shown it.
	 *
	 * @param error the error in one line
	 * @param stackTrace the stack trace with all causes
	 */
	public record Failure(String error, String stackTrace) {

	}

}
