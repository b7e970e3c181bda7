package io.pulsehook.inbox.model;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How an attempt of a delivery ended.
 *
 * @param delivery the delivery that ran
 * @param startedAt when the attempt began
 * @param finishedAt when it ended
 * @param failure what went wrong, or {@code null} if it succeeded
 * @param retryAt when it is tried again, or {@code null} if it is not
 */
public record Outcome(DueDelivery delivery, Instant startedAt, Instant finishedAt, @Nullable Failure failure,
		@Nullable Instant retryAt) {

	/**
	 * The number of the attempt within its run.
	 * @return 1 for the first
	 */
	public int attempt() {
		return this.delivery.attempts() + 1;
	}

	/**
	 * What went wrong, as it is shown to the operator.
	 *
	 * @param error the error in a line
	 * @param stackTrace the whole of it
	 */
	public record Failure(String error, String stackTrace) {

	}

}
