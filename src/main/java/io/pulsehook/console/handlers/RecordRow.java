package io.pulsehook.console.handlers;

import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.pulsehook.console.format.Times;
import io.pulsehook.inbox.history.HandlerRecord;

/**
 * What a handler did in a period, as pages show it.
 *
 * @param handler the handler's id
 * @param counts what it did
 */
public record RecordRow(String handler, HandlerRecord counts) {

	/**
	 * Returns how many of the deliveries that ended were done.
	 * @return the percentage, or a dash if none ended
	 */
	public String success() {
		return success(this.counts.done(), this.counts.dead());
	}

	/**
	 * Returns which part was done.
	 * @param done how many deliveries were done
	 * @param dead how many were given up
	 * @return the percentage, or a dash if there are none
	 */
	public static String success(long done, long dead) {
		if (done + dead == 0) {
			return "–";
		}
		// A single failure among many must not be rounded away to 100.
		double part = Math.min(100.0 * done / (done + dead), 99.9);
		return ((dead == 0) ? "100" : String.format(Locale.ROOT, "%.1f", part)) + " %";
	}

	/** Returns how long 95 of 100 were worked on at most, or a dash. */
	public String work() {
		return Times.span(this.counts.work().most());
	}

	/** Returns how long 95 of 100 waited at most, or a dash. */
	public String waiting() {
		return Times.span(this.counts.waited().most());
	}

	/**
	 * Writes how long something took.
	 * @param length how long, or {@code null} if that is not known
	 * @return the length, or a dash
	 */
	public String span(@Nullable Duration length) {
		return Times.span(length);
	}

}
