package io.pulsehook.inbox.write;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.Outcome;

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

	/** The status that the delivery gets. */
	public DeliveryStatus status() {
		if (this.outcome.failure() == null) {
			return DeliveryStatus.DONE;
		}
		return (this.outcome.retryAt() != null) ? DeliveryStatus.RETRYING : DeliveryStatus.DEAD;
	}

	/** When the delivery was done or dead, or {@code null} if it is tried again. */
	public @Nullable Instant finishedAt() {
		return (this.outcome.retryAt() != null) ? null : this.outcome.finishedAt();
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
