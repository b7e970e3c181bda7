package io.pulsehook.receive;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * Counts webhook requests by how they ended, and measures the time from the head of a
 * request to its answer. Every outcome is registered from the start, so that a graph of
 * refusals shows zero rather than nothing.
 */
final class Requests {

	private static final Duration[] BUCKETS = LongStream
		.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000)
		.mapToObj(Duration::ofMillis)
		.toArray(Duration[]::new);

	private final Map<RequestOutcome, Timer> timers = new EnumMap<>(RequestOutcome.class);

	private final Map<RequestOutcome, RefusalLog> refusals = new EnumMap<>(RequestOutcome.class);

	Requests(MeterRegistry registry) {
		for (RequestOutcome outcome : RequestOutcome.values()) {
			this.timers.put(outcome, timer(registry, outcome));
			if (outcome.refusal() != null) {
				this.refusals.put(outcome, new RefusalLog(outcome.refusal(), System::nanoTime));
			}
		}
	}

	private static Timer timer(MeterRegistry registry, RequestOutcome outcome) {
		return Timer.builder("pulsehook.requests")
			.description("Webhook requests by how they ended, and the time until their answer")
			.tag("outcome", outcome.tag())
			.serviceLevelObjectives(BUCKETS)
			.register(registry);
	}

	void count(RequestOutcome outcome, long nanos) {
		Timer timer = this.timers.get(outcome);
		if (timer != null) {
			timer.record(nanos, TimeUnit.NANOSECONDS);
		}
		RefusalLog refusal = this.refusals.get(outcome);
		if (refusal != null) {
			refusal.refused();
		}
	}

}
