package io.pulsehook.console.format;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Reads times as a browser's field for local times sends them. They are those of the zone
 * that the browser tells, or else of UTC.
 */
public final class TypedTime {

	private TypedTime() {
	}

	/**
	 * Reads the zone that the browser tells.
	 * @param zone its name; empty for UTC
	 * @return the zone
	 * @throws IllegalArgumentException if there is no such zone; the message tells the
	 * operator
	 */
	public static ZoneId zone(String zone) {
		try {
			return zone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(zone);
		}
		catch (DateTimeException ex) {
			throw new IllegalArgumentException("There is no time zone “" + zone + "”. Name one such as Europe/Lisbon.");
		}
	}

	/**
	 * Reads a time.
	 * @param time a local time, or one in UTC with a Z at its end
	 * @param zone the zone of a local time
	 * @return the moment in whole milliseconds
	 * @throws IllegalArgumentException if it is no time; the message tells the operator
	 */
	public static Instant of(String time, ZoneId zone) {
		try {
			Instant moment = time.endsWith("Z") ? OffsetDateTime.parse(time).toInstant()
					: LocalDateTime.parse(time.replace(' ', 'T')).atZone(zone).toInstant();
			return Instant.ofEpochMilli(moment.toEpochMilli());
		}
		catch (DateTimeException | ArithmeticException ex) {
			throw new IllegalArgumentException(
					"“" + time + "” is no time. Write it such as 2026-01-31T12:00, or in UTC with a Z at its end.");
		}
	}

}
