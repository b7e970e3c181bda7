package io.pulsehook;

import java.time.Duration;

/**
 * Thrown by a handler to have this delivery alone again later, for reasons that are
 * nobody's fault, such as a limit that is used up for the moment. No retry is spent, and
 * the handler goes on with its other deliveries; those of the same contact or payment
 * order wait. A delivery that was first put off 24 hours ago spends its retries.
 *
 * @see RetryLaterException to let the whole handler rest
 */
public class PutOffException extends RuntimeException {

	private final Duration pause;

	/**
	 * Creates the exception.
	 * @param pause after which time to try again; less than a second counts as a second,
	 * and more than an hour as an hour
	 * @param message why; kept with the attempt, never logged
	 */
	public PutOffException(Duration pause, String message) {
		super(message, null, false, false);
		this.pause = RetryLaterException.bounded(pause);
	}

	/**
	 * Returns the time after which to try again.
	 * @return the pause, from one second to one hour
	 */
	public final Duration getPause() {
		return this.pause;
	}

}
