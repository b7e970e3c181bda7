package io.pulsehook.bench.runner;

import java.util.Locale;

/**
 * A line of the table.
 *
 * @param what was measured
 * @param measured what came out
 * @param bar what it was to be
 * @param verdict whether it is
 */
record Row(String what, String measured, String bar, String verdict) {

	static Row atLeast(String what, double value, double bar, String format) {
		return new Row(what, text(format, value), "at least " + text(format, bar), verdict(value >= bar));
	}

	static Row below(String what, double value, double bar, String format) {
		return new Row(what, text(format, value), "below " + text(format, bar), verdict(value < bar));
	}

	static Row plain(String what, double value, String format) {
		return new Row(what, text(format, value), "", "");
	}

	private static String text(String format, double value) {
		return String.format(Locale.ROOT, format, value);
	}

	private static String verdict(boolean met) {
		return met ? "met" : "**missed**";
	}

	@Override
	public String toString() {
		return "| " + String.join(" | ", this.what, this.measured, this.bar, this.verdict) + " |";
	}

}
