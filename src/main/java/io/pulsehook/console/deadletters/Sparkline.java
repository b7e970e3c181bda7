package io.pulsehook.console.deadletters;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.pulsehook.console.format.Times;

/**
 * When the letters of a group died, from the first one until now, as small bars. They are
 * drawn by attributes alone, since no page may have styles in it.
 *
 * @param bars the bars from left to right, those without height left out
 * @param label what they show, for those who do not see them
 */
record Sparkline(List<Bar> bars, String label) {

	private static final int BARS = 24;

	/** The width of a bar with the gap beside it. */
	private static final int STEP = 4;

	private static final int HEIGHT = 24;

	static Sparkline of(LetterGroup group, Instant now) {
		long begin = group.first().toEpochMilli();
		long span = Math.max(now.toEpochMilli() - begin, 0) + 1;
		int[] counts = new int[BARS];
		group.deaths().forEach((died) -> counts[(int) Math.min((died - begin) * BARS / span, BARS - 1)]++);
		return new Sparkline(bars(counts), "When they died, over the last " + Times.span(Duration.ofMillis(span))
				+ ": the highest bar is " + highest(counts));
	}

	private static List<Bar> bars(int[] counts) {
		int highest = highest(counts);
		List<Bar> bars = new ArrayList<>();
		for (int i = 0; i < BARS; i++) {
			if (counts[i] > 0) {
				int height = Math.max(2, Math.round((float) HEIGHT * counts[i] / highest));
				bars.add(new Bar(i * STEP, HEIGHT - height, height));
			}
		}
		return bars;
	}

	private static int highest(int[] counts) {
		int highest = 0;
		for (int count : counts) {
			highest = Math.max(highest, count);
		}
		return highest;
	}

	/**
	 * A bar.
	 *
	 * @param x where it begins
	 * @param y where its top is
	 * @param height how high it is
	 */
	record Bar(int x, int y, int height) {

	}

}
