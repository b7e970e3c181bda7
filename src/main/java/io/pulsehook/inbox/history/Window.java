package io.pulsehook.inbox.history;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * A period that ends now, in steps of equal width that begin at multiples of it since
 * 1970.
 *
 * @param width the minutes of a step
 * @param steps how many steps, the one under way included
 */
public record Window(int width, int steps) {

	/**
	 * Returns when the period begins.
	 * @param now the present
	 * @return the beginning of its first step
	 */
	public Instant start(Instant now) {
		long last = TimeUnit.MILLISECONDS.toMinutes(now.toEpochMilli()) / this.width;
		return Instant.ofEpochSecond((last - this.steps + 1) * this.width * 60);
	}

}
