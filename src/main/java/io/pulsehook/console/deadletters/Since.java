package io.pulsehook.console.deadletters;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;

/**
 * The moment since which letters died that are to run again.
 *
 * @param instant the moment, or {@code null} for all letters
 * @param zone the zone in which the operator writes and reads it
 */
record Since(@Nullable Instant instant, ZoneId zone) {

	/**
	 * Reads what a form or a link says.
	 * @param text an instant, a local time as browsers send it, or nothing; a text that
	 * is neither counts as nothing
	 * @param zone the name of the zone of a local time; UTC if there is no such zone
	 */
	static Since of(String text, String zone) {
		ZoneId known = zone(zone);
		return new Since(instant(text, known), known);
	}

	private static ZoneId zone(String name) {
		try {
			return name.isEmpty() ? ZoneOffset.UTC : ZoneId.of(name);
		}
		catch (DateTimeException ex) {
			return ZoneOffset.UTC;
		}
	}

	private static @Nullable Instant instant(String text, ZoneId zone) {
		try {
			if (text.isEmpty()) {
				return null;
			}
			Instant instant = text.endsWith("Z") ? Instant.parse(text)
					: LocalDateTime.parse(text).atZone(zone).toInstant();
			return Instant.ofEpochMilli(instant.toEpochMilli());
		}
		catch (DateTimeException | ArithmeticException ex) {
			return null;
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
