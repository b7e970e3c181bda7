package io.pulsehook.process;

import java.time.Duration;

/**
 * How a post was answered.
 *
 * @param asked when it was sent, as {@link System#nanoTime()} counts
 * @param took how long the answer took
 * @param status the status of the answer, or 0 if there was none
 */
record Answered(long asked, Duration took, int status) {

	static Answered now(long asked, int status) {
		return new Answered(asked, Duration.ofNanos(System.nanoTime() - asked), status);
	}

}
