package io.pulsehook.console.reconcile;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.pulsehook.console.format.Times;
import io.pulsehook.reconcile.Reconciliation;
import io.pulsehook.reconcile.ReconciliationStatus;

/**
 * A reconciliation as the pages show it.
 *
 * @param id its id
 * @param running whether it is under way
 * @param failed whether it could not go on
 * @param began when it began
 * @param window how far it looked back
 * @param contacts how many contacts it has compared
 * @param missing how many messages it has found
 * @param told how many of these an earlier one has found already
 * @param left how many are not stored
 * @param scheduled whether it began by itself
 * @param error why it failed, or what it could not compare, or {@code null}
 */
record ReconciliationRow(long id, boolean running, boolean failed, Times.Time began, String window, long contacts,
		long missing, long told, long left, boolean scheduled, @Nullable String error) {

	static ReconciliationRow of(Reconciliation reconciliation, Instant now) {
		return new ReconciliationRow(reconciliation.id(), reconciliation.status() == ReconciliationStatus.RUNNING,
				reconciliation.status() == ReconciliationStatus.FAILED, Times.Time.of(reconciliation.startedAt(), now),
				Times.span(Duration.between(reconciliation.from(), reconciliation.to())), reconciliation.contacts(),
				reconciliation.missing(), reconciliation.missing() - reconciliation.newlyFound(),
				reconciliation.missing() - reconciliation.stored(), reconciliation.scheduled(), reconciliation.error());
	}

	/**
	 * Says in a few words what came of it.
	 */
	public String title() {
		if (this.missing > 0) {
			return (this.missing == 1) ? "1 message that SendPulse did not send"
					: "%,d messages that SendPulse did not send".formatted(this.missing);
		}
		if (this.running) {
			return "Checking…";
		}
		if (this.failed) {
			return "Not finished";
		}
		return (this.error != null) ? "Nothing was found, but not all was compared" : "Nothing is missing";
	}

}
