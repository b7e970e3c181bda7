package io.pulsehook.observe;

import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import io.pulsehook.inbox.spool.SpoolStatus;

/**
 * The metrics of the spool.
 */
public final class SpoolMeters {

	/** The counter refers to it weakly, so that it must be held here. */
	private final Supplier<SpoolStatus> spool;

	/**
	 * Registers the meters.
	 * @param registry where they are registered
	 * @param spool tells what is in the spool
	 */
	public SpoolMeters(MeterRegistry registry, Supplier<SpoolStatus> spool) {
		this.spool = spool;
		gauge("pulsehook.spool.taking", "1 while webhooks are kept in the spool, else 0",
				(status) -> status.taking() ? 1 : 0)
			.register(registry);
		gauge("pulsehook.spool.waiting", "Webhooks in the spool that are still to be stored", SpoolStatus::waiting)
			.register(registry);
		gauge("pulsehook.spool.size", "Size of the webhooks in the spool", SpoolStatus::bytes).baseUnit("bytes")
			.register(registry);
		gauge("pulsehook.spool.refused", "Webhooks in the spool that could not be stored", SpoolStatus::refused)
			.register(registry);
		FunctionCounter.builder("pulsehook.spool.kept", this.spool, (status) -> status.get().total())
			.description("Webhooks that the spool has kept")
			.register(registry);
	}

	private Gauge.Builder<?> gauge(String name, String description, ToDoubleFunction<SpoolStatus> figure) {
		Supplier<Number> value = () -> figure.applyAsDouble(this.spool.get());
		return Gauge.builder(name, value).description(description);
	}

}
