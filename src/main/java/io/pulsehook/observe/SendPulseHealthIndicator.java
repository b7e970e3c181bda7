package io.pulsehook.observe;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.dao.DataAccessException;

import io.pulsehook.reconcile.Reconciliation;
import io.pulsehook.reconcile.ReconciliationStatus;
import io.pulsehook.sendpulse.SendPulse;

/**
 * Shows the accounts whose login SendPulse refuses, and a reconciliation that failed. It
 * is always up: webhooks are received even so, and no restart would help.
 */
public final class SendPulseHealthIndicator extends AbstractHealthIndicator {

	private final SendPulse sendPulse;

	private final Supplier<List<Reconciliation>> newest;

	/**
	 * Creates the indicator.
	 * @param sendPulse knows whose login is refused
	 * @param newest tells of the newest reconciliation, if there is one
	 */
	public SendPulseHealthIndicator(SendPulse sendPulse, Supplier<List<Reconciliation>> newest) {
		this.sendPulse = sendPulse;
		this.newest = newest;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.up();
		Map<String, Instant> refused = this.sendPulse.refusedLogins();
		if (!refused.isEmpty()) {
			builder.withDetail("refusedLogins", refused);
		}
		newest().stream()
			.filter((reconciliation) -> reconciliation.status() == ReconciliationStatus.FAILED)
			.forEach((failed) -> builder.withDetail("failedReconciliation", failed.id()));
	}

	// The inbox has an indicator of its own for a database that cannot be read.
	private List<Reconciliation> newest() {
		try {
			return this.newest.get();
		}
		catch (DataAccessException ex) {
			return List.of();
		}
	}

}
