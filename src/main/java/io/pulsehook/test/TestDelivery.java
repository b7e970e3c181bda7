package io.pulsehook.test;

import org.jspecify.annotations.Nullable;

/**
 * What has become of one event at one handler.
 *
 * @param eventId the event's place in the order of receipt
 * @param handler the handler's bean name
 * @param status how far it is
 * @param attempts how many attempts have ended
 * @param error the error of the last attempt in a line, {@code null} if it did not fail
 */
public record TestDelivery(long eventId, String handler, Status status, int attempts, @Nullable String error) {

	/**
	 * How far a delivery is.
	 */
	public enum Status {

		/** Not tried yet. */
		PENDING,

		/** Its handler has been called and has not returned. */
		RUNNING,

		/** The last attempt failed, and another one follows. */
		RETRYING,

		/** Its handler has been interrupted after its timeout and goes on. */
		HUNG,

		/** Handled. */
		DONE,

		/** Given up: a dead letter. */
		DEAD,

		/** Of a handler that is not there any more. */
		ORPHANED

	}

}
