package io.pulsehook.inbox.write;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.Outcome;
import io.pulsehook.inbox.model.Outcome.Attempt;
import io.pulsehook.inbox.model.Outcome.Done;
import io.pulsehook.inbox.model.Outcome.PutOff;

/**
 * The end of an attempt in one transaction, and whether the database accepted it.
 */
public final class Finish {

	private final Outcome outcome;

	private boolean accepted;

	Finish(Outcome outcome) {
		this.outcome = outcome;
	}

	public Outcome outcome() {
		return this.outcome;
	}

	public DueDelivery delivery() {
		return this.outcome.delivery();
	}

	public Attempt attempt() {
		return this.outcome.attempt();
	}

	/** When the attempt began that succeeded, or {@code null} if it did not. */
	public @Nullable Instant startedAt() {
		return (this.outcome instanceof Done) ? attempt().startedAt() : null;
	}

	/** What another system answered that took the event, or {@code null}. */
	public @Nullable String answer() {
		return (this.outcome instanceof Done) ? attempt().answer() : null;
	}

	/** When the attempt ended without spending a retry, or {@code null} otherwise. */
	public @Nullable Instant putOffAt() {
		return isPutOff() ? attempt().finishedAt() : null;
	}

	public boolean isPutOff() {
		return this.outcome instanceof PutOff;
	}

	/** The status that the delivery gets. */
	public DeliveryStatus status() {
		return this.outcome.status();
	}

	/** When the delivery was done or dead, or {@code null} if it is tried again. */
	public @Nullable Instant finishedAt() {
		return (this.outcome.retryAt() != null) ? null : attempt().finishedAt();
	}

	/** Whether a later delivery may have waited behind this one and can run now. */
	public boolean letsGo() {
		return this.outcome.retryAt() == null && delivery().orderingKey() != null;
	}

	/** Notes that the delivery was still there and waited for this outcome. */
	public void accept() {
		this.accepted = true;
	}

	public boolean isAccepted() {
		return this.accepted;
	}

}
