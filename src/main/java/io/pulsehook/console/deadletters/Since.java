package io.pulsehook.console.deadletters;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;

import io.pulsehook.console.format.TypedTime;
import io.pulsehook.console.frame.NotUnderstoodException;

/**
 * The moment since which letters died that are to run again.
 *
 * @param instant the moment, or {@code null} for all letters
 * @param zone the zone in which the operator writes and reads it
 */
record Since(@Nullable Instant instant, ZoneId zone) {

	/**
	 * Reads what a form or a link says.
	 * @param text an instant, a local time as browsers send it, or nothing
	 * @param zone the name of the zone of a local time; empty for UTC
	 * @throws NotUnderstoodException if one of them cannot be read: to take it for
	 * nothing would run all letters again
	 */
	static Since of(String text, String zone) {
		try {
			ZoneId known = TypedTime.zone(zone);
			return new Since(text.isBlank() ? null : TypedTime.of(text.strip(), known), known);
		}
		catch (IllegalArgumentException ex) {
			throw new NotUnderstoodException(String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * Returns the local time for the field of a form.
	 * @return the time without seconds; empty if all letters are meant
	 */
	public String local() {
		return (this.instant != null)
				? LocalDateTime.ofInstant(this.instant, this.zone).truncatedTo(ChronoUnit.MINUTES).toString() : "";
	}

	/**
	 * Returns the moment for links and hidden fields.
	 * @return the moment in UTC; empty if all letters are meant
	 */
	public String iso() {
		return (this.instant != null) ? this.instant.toString() : "";
	}

}
