package io.pulsehook.console.handlers;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.console.format.TimeRange;
import io.pulsehook.inbox.history.HandlerRecord;
import io.pulsehook.inbox.history.HandlerRecord.Step;

/**
 * The charts of a handler over time, as JSON for the script that draws them.
 *
 * @param results what became of what was received in each step
 * @param times how long that took
 * @param from when the period begins
 * @param to when it ends
 */
record HandlerCharts(String results, String times, String from, String to) {

	private static final JsonMapper json = JsonMapper.shared();

	/**
	 * Makes the charts.
	 * @param record what the handler did
	 * @param range the period
	 * @param start when it began, or {@code null} while nothing is known of it
	 * @param now the present
	 * @return the charts, empty ones while nothing is known
	 */
	static HandlerCharts of(HandlerRecord record, TimeRange range, @Nullable Instant start, Instant now) {
		Instant first = (start != null) ? start : range.window().start(now);
		Duration width = Duration.ofMinutes(range.width());
		List<String> starts = IntStream.range(0, range.steps())
			.mapToObj((step) -> first.plus(width.multipliedBy(step)).toString())
			.toList();
		List<Map<String, Object>> results = List.of(line("Done", "--c2", values(record, range, (step) -> step.done())),
				line("Failed permanently", "--bad", values(record, range, (step) -> step.dead())),
				line("Waiting or running", "--c8", values(record, range, (step) -> step.unfinished())));
		List<Map<String, Object>> times = List.of(
				line("At work, p95", "--c1", values(record, range, (step) -> millis(step.work().most()))),
				line("At work, p50", "--c5", values(record, range, (step) -> millis(step.work().half()))),
				line("Waited, p95", "--c3", values(record, range, (step) -> millis(step.waited().most()))));
		return new HandlerCharts(
				json.writeValueAsString(Map.of("width", range.width(), "starts", starts, "series", results)),
				json.writeValueAsString(
						Map.of("width", range.width(), "starts", starts, "type", "line", "series", times)),
				first.toString(), first.plus(range.length()).toString());
	}

	private static Map<String, Object> line(String name, String color, List<@Nullable Long> values) {
		return Map.of("name", name, "color", color, "events", values);
	}

	private static List<@Nullable Long> values(HandlerRecord record, TimeRange range,
			Function<Step, @Nullable Long> value) {
		@Nullable Long[] values = new Long[range.steps()];
		for (Step step : record.steps()) {
			if (step.index() < values.length) {
				values[step.index()] = value.apply(step);
			}
		}
		return new ArrayList<>(Arrays.asList(values));
	}

	private static @Nullable Long millis(@Nullable Duration duration) {
		return (duration != null) ? duration.toMillis() : null;
	}

}
