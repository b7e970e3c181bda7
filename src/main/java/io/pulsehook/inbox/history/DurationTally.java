package io.pulsehook.inbox.history;

import java.time.Duration;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Counts durations and tells their percentiles. Durations that differ by less than three
 * percent are counted together, so that millions of them need a few kilobytes.
 */
final class DurationTally {

	/** So many powers of two are counted by the millisecond, and parts of a power. */
	private static final int BITS = 6;

	private static final int PARTS = 1 << (BITS - 1);

	private int[] counts = new int[0];

	private long total;

	private long longest;

	void add(long millis) {
		long length = Math.max(millis, 0);
		int index = index(length);
		if (index >= this.counts.length) {
			this.counts = Arrays.copyOf(this.counts, index + PARTS);
		}
		this.counts[index]++;
		this.total++;
		this.longest = Math.max(this.longest, length);
	}

	private static int index(long millis) {
		int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(millis) - BITS);
		return shift * PARTS + (int) (millis >>> shift);
	}

	// Returns the highest duration that is counted at an index.
	private static long highest(int index) {
		int shift = Math.max(0, index / PARTS - 1);
		return ((index - (long) shift * PARTS + 1) << shift) - 1;
	}

	long total() {
		return this.total;
	}

	@Nullable Duration longest() {
		return (this.total > 0) ? Duration.ofMillis(this.longest) : null;
	}

	/**
	 * Returns the duration that a part of all took at most.
	 * @param part the part, above 0 and up to 1
	 * @return the duration, or {@code null} if none was added
	 */
	@Nullable Duration percentile(double part) {
		long wanted = (long) Math.ceil(part * this.total);
		long seen = 0;
		for (int i = 0; i < this.counts.length; i++) {
			seen += this.counts[i];
			if (seen >= wanted && seen > 0) {
				return Duration.ofMillis(Math.min(highest(i), this.longest));
			}
		}
		return null;
	}

}
