package io.pulsehook.dispatch;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Hears of each attempt of a delivery, once its outcome is on disk. To be quick: it is
 * told on the thread that writes.
 */
@FunctionalInterface
public interface AttemptListener {

	/**
	 * An attempt ended and counts.
	 * @param attempt how
	 */
	void ended(Attempt attempt);

	/**
	 * How an attempt ended.
	 *
	 * @param eventId the event's id
	 * @param type the simple name of its record
	 * @param handler the handler's id
	 * @param result what became of the delivery
	 * @param error the class of what the handler threw, or {@code null}; not the message,
	 * which can quote data
	 * @param took how long the handler had it
	 */
	record Attempt(long eventId, String type, String handler, Result result, @Nullable String error, Duration took) {

	}

	/**
	 * What becomes of a delivery by an attempt.
	 */
	enum Result {

		/** It is done. */
		DONE,

		/** It will be tried again. */
		RETRYING,

		/** It is a dead letter. */
		DEAD

	}

}
