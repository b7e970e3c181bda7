package io.pulsehook.console.events;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.pulsehook.console.format.TypedTime;

/**
 * The times between which a search looks. Times without a zone are read in the zone that
 * the browser tells, or else in UTC.
 *
 * @param from the first moment, or {@code null} for no limit
 * @param to the moment behind the last, or {@code null} for no limit
 */
record TimeWindow(@Nullable Instant from, @Nullable Instant to) {

	/** Windows that move with the present, by the words that addresses have for them. */
	private static final Map<String, Preset> PRESETS = presets();

	private static Map<String, Preset> presets() {
		Map<String, Preset> presets = new LinkedHashMap<>();
		presets.put("15m", Preset.last("Last 15 minutes", Duration.ofMinutes(15)));
		presets.put("1h", Preset.last("Last hour", Duration.ofHours(1)));
		presets.put("24h", Preset.last("Last 24 hours", Duration.ofHours(24)));
		presets.put("today", new Preset("Today", (now) -> new TimeWindow(midnight(now, 0), null)));
		presets.put("yesterday", new Preset("Yesterday", (now) -> new TimeWindow(midnight(now, 1), midnight(now, 0))));
		presets.put("7d", Preset.last("Last 7 days", Duration.ofDays(7)));
		return presets;
	}

	private static Instant midnight(ZonedDateTime now, int daysAgo) {
		return now.toLocalDate().minusDays(daysAgo).atStartOfDay(now.getZone()).toInstant();
	}

	/**
	 * Lists the windows that move with the present.
	 * @return their names on the page, by their words in addresses
	 */
	static Map<String, String> names() {
		Map<String, String> names = new LinkedHashMap<>();
		PRESETS.forEach((word, preset) -> names.put(word, preset.name()));
		return names;
	}

	/**
	 * Reads the fields {@code from} and {@code to}, or {@code when} if both are empty.
	 * @param values the fields that are filled in
	 * @param now the present
	 * @return the window
	 * @throws IllegalArgumentException if a field is invalid; the message tells the
	 * operator which
	 */
	static TimeWindow of(Map<String, String> values, Instant now) {
		ZoneId zone = TypedTime.zone(values.getOrDefault("zone", ""));
		String when = values.get("when");
		if (values.containsKey("from") || values.containsKey("to") || when == null) {
			return new TimeWindow(time(values.get("from"), zone), time(values.get("to"), zone));
		}
		Preset preset = PRESETS.get(when);
		if (preset == null) {
			throw new IllegalArgumentException(
					"There is no time “" + when + "”. Choose one of " + String.join(", ", PRESETS.keySet()) + ".");
		}
		return preset.window.apply(now.atZone(zone));
	}

	private static @Nullable Instant time(@Nullable String value, ZoneId zone) {
		return (value != null) ? TypedTime.of(value, zone) : null;
	}

	/**
	 * Returns the first moment as a browser's field for times takes it.
	 * @return the time in UTC without its zone, or an empty text
	 */
	String fromField() {
		return (this.from != null) ? field(this.from) : "";
	}

	/**
	 * Returns the end as a browser's field for times takes it, rounded up so that nothing
	 * is lost by sending the form once more.
	 * @return the time in UTC without its zone, or an empty text
	 */
	String toField() {
		return (this.to != null) ? field(this.to.plusMillis(999)) : "";
	}

	private static String field(Instant time) {
		return LocalDateTime.ofInstant(time.truncatedTo(ChronoUnit.SECONDS), ZoneOffset.UTC).toString();
	}

	/**
	 * A window that moves with the present.
	 *
	 * @param name its name on the page
	 * @param window finds its moments for the present in the reader's zone
	 */
	private record Preset(String name, Function<ZonedDateTime, TimeWindow> window) {

		private static Preset last(String name, Duration duration) {
			return new Preset(name, (now) -> new TimeWindow(now.toInstant().minus(duration), null));
		}

	}

}
