package io.pulsehook.event;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads the dates that SendPulse sends. Its numbers are seconds or milliseconds, whatever
 * the page says, and some of the page's own examples are neither.
 */
final class EventDates {

	private static final long MIN_SECONDS = 100_000_000L;

	private static final long MAX_SECONDS = 100_000_000_000L;

	private static final long MAX_MILLISECONDS = 4_102_444_800_000L;

	private static final Pattern DIGITS = Pattern.compile("[0-9]{9,13}");

	/** ISO 8601 with an offset as PHP writes it: {@code +00:00}, {@code +0000}, Z. */
	private static final DateTimeFormatter ISO_WITH_OFFSET = new DateTimeFormatterBuilder()
		.append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
		.appendPattern("[XXX][XX][X]")
		.toFormatter()
		.withResolverStyle(ResolverStyle.STRICT);

	private EventDates() {
	}

	/**
	 * Reads a number of seconds or milliseconds.
	 * @param raw what was sent
	 * @return the time, or {@code null} if it is no number or neither unit gives a
	 * plausible time
	 */
	static @Nullable Instant ofNumber(@Nullable String raw) {
		if (raw == null || raw.length() > 100 || !DIGITS.matcher(raw.strip()).matches()) {
			return null;
		}
		long number = Long.parseLong(raw.strip());
		if (number < MIN_SECONDS || number > MAX_MILLISECONDS) {
			return null;
		}
		return (number <= MAX_SECONDS) ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number);
	}

	/**
	 * Reads a date and time with an offset, or else a number.
	 * @param raw what was sent
	 * @return the time, or {@code null} if it is neither or not plausible
	 */
	static @Nullable Instant ofText(@Nullable String raw) {
		if (raw == null || raw.length() > 100) {
			return null;
		}
		try {
			Instant time = ISO_WITH_OFFSET.parse(raw.strip(), Instant::from);
			long seconds = time.getEpochSecond();
			return (seconds >= MIN_SECONDS && seconds <= MAX_SECONDS) ? time : null;
		}
		catch (DateTimeParseException ex) {
			return ofNumber(raw);
		}
	}

}
