package io.pulsehook.console.format;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Formats times for the pages, which show how long ago something was, and the exact time
 * when the reader points at it. The script converts both to the reader's time zone.
 */
public final class Times {

	private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private Times() {
	}

	public static String exact(Instant time) {
		return EXACT.format(time);
	}

	public static String span(@Nullable Duration duration) {
		if (duration == null) {
			return "–";
		}
		long millis = Math.max(duration.toMillis(), 0);
		if (millis < 1_000) {
			return millis + " ms";
		}
		if (millis < 10_000) {
			return String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
		}
		long seconds = millis / 1_000;
		if (seconds < 120) {
			return seconds + " s";
		}
		long minutes = seconds / 60;
		if (minutes < 120) {
			return minutes + " min";
		}
		return (minutes < 48 * 60) ? minutes / 60 + " h" : minutes / (24 * 60) + " days";
	}

	// Returns the time of the day, with the date where it is not today's.
	static String clock(Instant time, Instant now) {
		boolean today = time.atOffset(ZoneOffset.UTC).toLocalDate().equals(now.atOffset(ZoneOffset.UTC).toLocalDate());
		return (today ? CLOCK : EXACT).format(time);
	}

	/**
	 * A time as a page shows it. Where scripts run, they write it anew in the zone of the
	 * reader.
	 *
	 * @param iso the time for the script
	 * @param exact the exact time in UTC
	 * @param text the time of the day in UTC, with the date where it is not today's, and
	 * how long ago it was
	 */
	public record Time(String iso, String exact, String text) {

		public static Time of(Instant time, Instant now) {
			Duration since = Duration.between(time, now);
			String ago = (since.toMillis() < 1_000) ? "just now" : span(Duration.ofSeconds(since.toSeconds())) + " ago";
			return new Time(time.toString(), Times.exact(time),
					clock(time, now) + " · " + (since.isNegative() ? future(since) : ago));
		}

		public static @Nullable Time ofNullable(@Nullable Instant time, Instant now) {
			return (time != null) ? of(time, now) : null;
		}

		private static String future(Duration since) {
			return "in " + span(Duration.ofSeconds(since.negated().toSeconds() + 1));
		}

	}

}
