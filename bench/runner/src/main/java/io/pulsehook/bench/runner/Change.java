package io.pulsehook.bench.runner;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

import org.jspecify.annotations.Nullable;

/**
 * A line of the table that compares a former jar with this one.
 *
 * @param what was measured
 * @param before what came out of the former jar
 * @param now what came out of this one
 * @param ratio how they relate
 * @param bar what the ratio is to be at most, or {@code null} if it is only told
 */
record Change(String what, double before, double now, Ratio ratio, @Nullable Double bar) {

	private static final double BAR = Double.parseDouble(System.getProperty("bench.bar", "1.03"));

	static final String HEAD = """
			| | before | now | now ÷ before | bar | |
			|---|---|---|---|---|---|""";

	/** Held to the bar. */
	static Change held(String what, List<List<Pair>> starts, ToDoubleFunction<Turn> value) {
		Change change = plain(what, starts, value);
		return new Change(what, change.before, change.now, change.ratio, BAR);
	}

	/** The same, held to nothing. */
	Change told() {
		return new Change(this.what, this.before, this.now, this.ratio, null);
	}

	/** Of the pairs of each start. */
	static Change plain(String what, List<List<Pair>> starts, ToDoubleFunction<Turn> value) {
		List<Pair> pairs = starts.stream().flatMap(List::stream).toList();
		return new Change(what, median(pairs, (pair) -> value.applyAsDouble(pair.before())),
				median(pairs, (pair) -> value.applyAsDouble(pair.now())),
				Ratio.of(starts.stream().map((start) -> values(start, (pair) -> pair.ratio(value))).toList()), null);
	}

	/** Of what was measured once for each start. */
	static <T> Change plain(String what, List<T> starts, ToDoubleFunction<T> before, ToDoubleFunction<T> now) {
		return new Change(what, median(starts, before), median(starts, now),
				Ratio.of(starts.stream()
					.map((start) -> List.of(now.applyAsDouble(start) / before.applyAsDouble(start)))
					.toList()),
				null);
	}

	private static <T> double median(List<T> measured, ToDoubleFunction<T> value) {
		return Ratio.median(values(measured, value));
	}

	private static <T> List<Double> values(List<T> measured, ToDoubleFunction<T> value) {
		return measured.stream().mapToDouble(value).boxed().toList();
	}

	@Override
	public String toString() {
		String limit = (this.bar != null) ? "at most " + this.bar : "";
		String verdict = (this.bar != null) ? this.ratio.verdict(this.bar) : "";
		return String.format(Locale.ROOT, "| %s | %,.1f | %,.1f | %s | %s | %s |", this.what, this.before, this.now,
				this.ratio, limit, verdict);
	}

}
