package io.pulsehook.bench.runner;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * How a measure of this jar relates to that of the former one: the median of many pairs
 * of turns, and where the true one lies in 19 of 20 runs.
 *
 * @param median what came out
 * @param low the least it may be
 * @param high the most it may be
 * @param starts the median of each start of the two, since the JIT makes each a little
 * different
 */
record Ratio(double median, double low, double high, List<Double> starts) {

	private static final double OUTSIDE = 0.05;

	private static final int FEWEST_STARTS = 3;

	/** Of the ratios of the pairs of each start. */
	static Ratio of(List<List<Double>> pairs) {
		double[] all = sorted(pairs.stream().flatMap(Collection::stream).toList());
		List<Double> starts = pairs.stream().map(Ratio::median).toList();
		double[] ofStarts = sorted(starts);
		// Many pairs of a few starts tell nothing of what the next start would be like.
		return new Ratio(median(all), Math.min(least(all), least(ofStarts)), Math.max(most(all), most(ofStarts)),
				starts);
	}

	private static double least(double[] sorted) {
		return sorted[outside(sorted.length)];
	}

	private static double most(double[] sorted) {
		return sorted[sorted.length - 1 - outside(sorted.length)];
	}

	/**
	 * How many of so many sorted values may be left out at each end so that the true
	 * median lies between the others in 19 of 20 cases, whatever they are distributed
	 * like: each lies above or below it as a coin falls.
	 */
	private static int outside(int count) {
		double exactly = Math.pow(0.5, count);
		double atMost = exactly;
		int left = 0;
		while (left < count / 2) {
			exactly = exactly * (count - left) / (left + 1);
			atMost += exactly;
			if (2 * atMost > OUTSIDE) {
				break;
			}
			left++;
		}
		return left;
	}

	static double median(List<Double> values) {
		return median(sorted(values));
	}

	private static double[] sorted(List<Double> values) {
		return values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
	}

	private static double median(double[] sorted) {
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

	/** Whether it is at most so much, if it can be told. */
	String verdict(double bar) {
		if (this.starts.size() < FEWEST_STARTS) {
			return "cannot be told from so few starts";
		}
		if (this.high <= bar) {
			return "met";
		}
		return (this.low > bar) ? "**missed**" : "cannot be told from noise";
	}

	@Override
	public String toString() {
		String each = this.starts.stream()
			.map((start) -> String.format(Locale.ROOT, "%.3f", start))
			.toList()
			.toString();
		return String.format(Locale.ROOT, "%.3f (%.3f to %.3f) [%s]", this.median, this.low, this.high,
				each.replaceAll("[\\[\\]]", ""));
	}

}
