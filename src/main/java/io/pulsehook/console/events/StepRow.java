package io.pulsehook.console.events;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.pulsehook.console.format.Times.Time;
import io.pulsehook.inbox.query.StoredStep;

/**
 * A finished step of a delivery, as the page lists it.
 *
 * @param name its name
 * @param run the run of the delivery
 * @param attempt the attempt that finished it
 * @param finished when it was recorded
 * @param result the beginning of the JSON that it returned, or {@code null} if it
 * returned nothing
 */
record StepRow(String name, int run, int attempt, Time finished, @Nullable String result) {

	private static final int LONGEST_RESULT = 2_000;

	static Map<String, List<StepRow>> byHandler(List<StoredStep> steps, Instant now) {
		return steps.stream()
			.collect(Collectors.groupingBy(StoredStep::handler,
					Collectors.mapping((step) -> of(step, now), Collectors.toList())));
	}

	private static StepRow of(StoredStep step, Instant now) {
		return new StepRow(step.name(), step.run(), step.attempt(), Time.of(step.finishedAt(), now),
				step.result().equals("null") ? null : shortened(step.result()));
	}

	private static String shortened(String result) {
		return (result.length() > LONGEST_RESULT) ? result.substring(0, LONGEST_RESULT) + "…" : result;
	}

}
