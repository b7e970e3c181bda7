package io.pulsehook.dispatch.rest;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads the header {@code Retry-After} (RFC 9110, section 10.2.3): a number of seconds or
 * a date in one of the three formats of HTTP.
 */
final class RetryAfter {

	/** Some servers send fractions of a second, which the standard does not know. */
	private static final Pattern SECONDS = Pattern.compile("\\d{1,15}(\\.\\d{1,15})?");

	private static final List<DateTimeFormatter> DATES = List.of(DateTimeFormatter.RFC_1123_DATE_TIME,
			DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss zzz", Locale.ENGLISH),
			DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC));

	private RetryAfter() {
	}

	/**
	 * Reads the value of the header.
	 * @param value the value as it was sent
	 * @param now the time that a date is compared with
	 * @return the pause, which is negative for a date that is over, or {@code null} if
	 * the value is neither a number nor a date
	 */
	static @Nullable Duration parse(String value, Instant now) {
		String text = value.strip();
		return SECONDS.matcher(text).matches() ? seconds(new BigDecimal(text)) : untilDate(text, now);
	}

	private static Duration seconds(BigDecimal seconds) {
		return Duration.ofMillis(seconds.movePointRight(3).longValue());
	}

	private static @Nullable Duration untilDate(String text, Instant now) {
		for (DateTimeFormatter format : DATES) {
			try {
				return Duration.between(now, format.parse(text, Instant::from));
			}
			catch (DateTimeException ex) {
				// It may have another format.
			}
		}
		return null;
	}

}
