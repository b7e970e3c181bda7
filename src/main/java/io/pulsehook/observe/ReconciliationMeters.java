package io.pulsehook.observe;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.dao.DataAccessException;

import io.pulsehook.reconcile.Reconciliation;
import io.pulsehook.reconcile.ReconciliationStatus;
import io.pulsehook.reconcile.Reconciliations;

/**
 * The metrics of reconciliations.
 */
public final class ReconciliationMeters {

	/** How many reconciliations are looked at, the newest ones. */
	private static final int NEWEST = 100;

	private static final double MILLIS_PER_SECOND = 1000;

	private final Reconciliations reconciliations;

	/**
	 * Registers the meters.
	 * @param registry where they are registered
	 * @param reconciliations know what was found
	 * @param clock tells how long ago that was
	 */
	public ReconciliationMeters(MeterRegistry registry, Reconciliations reconciliations, InstantSource clock) {
		this.reconciliations = reconciliations;
		Gauge.builder("pulsehook.reconciliation.missing", () -> read(Reconciliations::outstanding))
			.description("Messages that SendPulse did not send and that have not been stored since")
			.register(registry);
		Gauge.builder("pulsehook.reconciliation.age", () -> read((all) -> age(all.newest(NEWEST), clock)))
			.description("Time since the last reconciliation that compared all contacts ended")
			.baseUnit("seconds")
			.register(registry);
	}

	private double read(ToDoubleFunction<Reconciliations> figure) {
		try {
			return figure.applyAsDouble(this.reconciliations);
		}
		catch (DataAccessException ex) {
			return Double.NaN;
		}
	}

	private static double age(List<Reconciliation> newest, InstantSource clock) {
		return newest.stream()
			.filter((one) -> one.status() == ReconciliationStatus.DONE)
			.map(Reconciliation::finishedAt)
			.filter((finished) -> finished != null)
			.findFirst()
			.map((finished) -> secondsSince(finished, clock))
			.orElse(Double.NaN);
	}

	private static double secondsSince(Instant time, InstantSource clock) {
		return Duration.between(time, clock.instant()).toMillis() / MILLIS_PER_SECOND;
	}

}
