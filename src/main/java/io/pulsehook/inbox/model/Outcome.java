package io.pulsehook.inbox.model;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How an attempt of a delivery ended, and what becomes of the delivery.
 */
public sealed interface Outcome {

	/**
	 * Returns the attempt that ended.
	 * @return the attempt
	 */
	Attempt attempt();

	/**
	 * Returns the status that the delivery gets.
	 * @return the status
	 */
	DeliveryStatus status();

	/**
	 * Returns why the attempt failed.
	 * @return the failure, or {@code null} if the attempt succeeded
	 */
	default @Nullable Failure failure() {
		return null;
	}

	/**
	 * Returns when the delivery is tried again.
	 * @return the time, or {@code null} if it is not
	 */
	default @Nullable Instant retryAt() {
		return null;
	}

	/**
	 * Returns the delivery that ran.
	 * @return the delivery as it was before the attempt
	 */
	default DueDelivery delivery() {
		return attempt().delivery();
	}

	/**
	 * The attempt succeeded.
	 *
	 * @param attempt the attempt
	 */
	record Done(Attempt attempt) implements Outcome {

		@Override
		public DeliveryStatus status() {
			return DeliveryStatus.DONE;
		}

	}

	/**
	 * The attempt failed and has spent a retry.
	 *
	 * @param attempt the attempt
	 * @param failure why it failed
	 * @param retryAt when the delivery is tried again
	 */
	record Failed(Attempt attempt, Failure failure, Instant retryAt) implements Outcome {

		@Override
		public DeliveryStatus status() {
			return DeliveryStatus.RETRYING;
		}

	}

	/**
	 * The attempt did not succeed, which is not the delivery's fault: it has spent no
	 * retry.
	 *
	 * @param attempt the attempt
	 * @param failure why it was put off
	 * @param retryAt when the delivery is tried again
	 */
	record PutOff(Attempt attempt, Failure failure, Instant retryAt) implements Outcome {

		@Override
		public DeliveryStatus status() {
			return DeliveryStatus.RETRYING;
		}

	}

	/**
	 * The attempt failed and no further one would help, or all retries are spent.
	 *
	 * @param attempt the attempt
	 * @param failure why it failed
	 */
	record Dead(Attempt attempt, Failure failure) implements Outcome {

		@Override
		public DeliveryStatus status() {
			return DeliveryStatus.DEAD;
		}

	}

	/**
	 * An attempt that has ended.
	 *
	 * @param delivery the delivery that ran, as it was before
	 * @param startedAt when the attempt began
	 * @param finishedAt when it ended
	 * @param answer what another system answered to which the event was passed on, or
	 * {@code null} if it was not, or there was no answer
	 */
	record Attempt(DueDelivery delivery, Instant startedAt, Instant finishedAt, @Nullable String answer) {

		/**
		 * Returns the number of the attempt within its run.
		 * @return 1 for the first
		 */
		public int number() {
			return this.delivery.attempts() + 1;
		}

	}

	/**
	 * The failure of an attempt as the operator is shown it.
	 *
	 * @param error the error in one line
	 * @param stackTrace the stack trace with all causes; empty if the error says all
	 */
	record Failure(String error, String stackTrace) {

	}

}
