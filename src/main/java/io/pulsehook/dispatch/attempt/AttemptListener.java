package io.pulsehook.dispatch.attempt;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Is told of each attempt of a delivery once its outcome is on disk. It is called on the
 * thread that writes, so that a slow listener would delay all commits.
 */
@FunctionalInterface
public interface AttemptListener {

	/**
	 * Called when an attempt has ended and its outcome was accepted.
	 * @param attempt how it ended
	 */
	void ended(Attempt attempt);

	/**
	 * How an attempt ended.
	 *
	 * @param eventId the event's id
	 * @param type the simple name of its record
	 * @param handler the handler's id
	 * @param result what became of the delivery
	 * @param error what the handler threw, or {@code null}: the class and not the
	 * message, which can quote data, unless it is known that it does not
	 * @param took how long the handler worked on it
	 * @param failure the error in one line as it is stored, or {@code null}; it can quote
	 * data, so that it may be compared but not told
	 */
	record Attempt(long eventId, String type, String handler, Result result, @Nullable String error, Duration took,
			@Nullable String failure) {

	}

	/**
	 * What becomes of a delivery after an attempt.
	 */
	enum Result {

		/** It is done. */
		DONE,

		/** It will be tried again, and the attempt has spent a retry. */
		RETRYING,

		/** It will be tried again, and the attempt has spent no retry. */
		PUT_OFF,

		/** It is a dead letter. */
		DEAD

	}

}
