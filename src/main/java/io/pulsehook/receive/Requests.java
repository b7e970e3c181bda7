package io.pulsehook.receive;

import java.util.EnumMap;
import java.util.Map;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * The requests by how they ended. Every outcome is there from the start, so that a graph
 * of refusals shows zero rather than nothing.
 */
final class Requests {

	private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);

	private final Map<Outcome, RefusalLog> refusals = new EnumMap<>(Outcome.class);

	Requests(MeterRegistry registry) {
		for (Outcome outcome : Outcome.values()) {
			this.counters.put(outcome, counter(registry, outcome));
			if (outcome.refusal() != null) {
				this.refusals.put(outcome, new RefusalLog(outcome.refusal(), System::nanoTime));
			}
		}
	}

	private static Counter counter(MeterRegistry registry, Outcome outcome) {
		return Counter.builder("pulsehook.requests")
			.description("Webhook requests by how they ended")
			.tag("outcome", outcome.tag())
			.register(registry);
	}

	void count(Outcome outcome) {
		Counter counter = this.counters.get(outcome);
		if (counter != null) {
			counter.increment();
		}
		RefusalLog refusal = this.refusals.get(outcome);
		if (refusal != null) {
			refusal.refused();
		}
	}

}
