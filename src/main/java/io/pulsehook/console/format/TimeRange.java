package io.pulsehook.console.format;

import java.time.Duration;
import java.util.Locale;

import io.pulsehook.inbox.history.Window;

/**
 * A period that pages show, as the reader chooses.
 */
public enum TimeRange {

	/** An hour in steps of a minute. */
	HOUR("Hour", "the last hour", 1, 60),

	/** A day in steps of a quarter of an hour. */
	DAY("Day", "the last 24 hours", 15, 96),

	/** A month in steps of a quarter of a day. */
	MONTH("Month", "the last 30 days", 360, 120);

	private final String label;

	private final String words;

	private final int width;

	private final int steps;

	TimeRange(String label, String words, int width, int steps) {
		this.label = label;
		this.words = words;
		this.width = width;
		this.steps = steps;
	}

	/**
	 * Finds a period.
	 * @param name its name in the address of a page
	 * @return the period, or the last hour if there is none of that name
	 */
	public static TimeRange of(String name) {
		for (TimeRange range : values()) {
			if (range.key().equals(name)) {
				return range;
			}
		}
		return HOUR;
	}

	public String key() {
		return name().toLowerCase(Locale.ROOT);
	}

	public String label() {
		return this.label;
	}

	public String words() {
		return this.words;
	}

	/**
	 * Returns the width of a step of the chart.
	 * @return the width in minutes
	 */
	public int width() {
		return this.width;
	}

	public int steps() {
		return this.steps;
	}

	public Duration length() {
		return Duration.ofMinutes((long) this.width * this.steps);
	}

	/**
	 * Returns the same period as the history of handlers knows it.
	 * @return the period
	 */
	public Window window() {
		return new Window(this.width, this.steps);
	}

}
