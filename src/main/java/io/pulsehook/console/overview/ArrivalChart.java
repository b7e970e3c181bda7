package io.pulsehook.console.overview;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.console.format.TimeRange;
import io.pulsehook.inbox.figures.Charts.Count;

/**
 * The chart of events over time. They are split by one property such as the type: the
 * most frequent values have a line each, all others share one.
 *
 * @param width how many minutes a step has
 * @param starts when each step begins
 * @param series the most frequent first
 */
record ArrivalChart(int width, List<String> starts, List<Series> series) {

	private static final int MOST_SERIES = 7;

	private static final JsonMapper json = JsonMapper.shared();

	static ArrivalChart of(List<Count> counts, TimeRange range, Instant now, Function<Count, String> split) {
		long last = TimeUnit.MILLISECONDS.toMinutes(now.toEpochMilli()) / range.width();
		long first = last - range.steps() + 1;
		Map<String, long[]> lines = new HashMap<>();
		for (Count count : counts) {
			long step = count.minute() / range.width() - first;
			if (step >= 0 && step < range.steps()) {
				lines.computeIfAbsent(split.apply(count), (name) -> new long[range.steps()])[(int) step] += count
					.events();
			}
		}
		List<String> starts = LongStream.rangeClosed(first, last)
			.mapToObj((step) -> Instant.ofEpochSecond(step * range.width() * 60).toString())
			.toList();
		return new ArrivalChart(range.width(), starts, series(lines, range.steps()));
	}

	private static List<Series> series(Map<String, long[]> lines, int steps) {
		List<Series> sorted = lines.entrySet()
			.stream()
			.map((line) -> new Series(line.getKey(), line.getValue()))
			.sorted(Comparator.comparingLong(Series::total).reversed().thenComparing(Series::name))
			.collect(Collectors.toCollection(ArrayList::new));
		if (sorted.size() <= MOST_SERIES + 1) {
			return sorted;
		}
		long[] rest = new long[steps];
		for (Series line : sorted.subList(MOST_SERIES, sorted.size())) {
			for (int i = 0; i < steps; i++) {
				rest[i] += line.events()[i];
			}
		}
		List<Series> most = new ArrayList<>(sorted.subList(0, MOST_SERIES));
		most.add(new Series("Other", rest));
		return most;
	}

	public boolean isEmpty() {
		return this.series.isEmpty();
	}

	public String json() {
		return json.writeValueAsString(Map.of("width", this.width, "starts", this.starts, "series",
				this.series.stream().map((line) -> Map.of("name", line.name(), "events", line.events())).toList()));
	}

	/**
	 * Returns the types that occur among the counts, in the order of their names.
	 */
	static List<String> types(List<Count> counts) {
		return List.copyOf(new TreeSet<>(counts.stream().map(Count::type).toList()));
	}

	/**
	 * A line of the chart.
	 *
	 * @param name what it counts
	 * @param events how many in each step
	 */
	record Series(String name, long[] events) {

		public long total() {
			return LongStream.of(this.events).sum();
		}

	}

}
