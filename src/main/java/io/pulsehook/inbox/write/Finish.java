package io.pulsehook.inbox.write;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.Outcome;

/**
 * How an attempt ended, on its way into the database.
 */
public final class Finish implements Write<Finish> {

	private final Outcome outcome;

	private boolean accepted;

	public Finish(Outcome outcome) {
		this.outcome = outcome;
	}

	@Override
	public Finish apply(Session session) {
		this.accepted = false;
		session.add(this);
		return this;
	}

	@Override
	public boolean batched() {
		return true;
	}

	@Override
	public boolean mayLinger() {
		return true;
	}

	public Outcome outcome() {
		return this.outcome;
	}

	public DueDelivery delivery() {
		return this.outcome.delivery();
	}

	// The status that the delivery gets.
	public DeliveryStatus status() {
		if (this.outcome.failure() == null) {
			return DeliveryStatus.DONE;
		}
		return (this.outcome.retryAt() != null) ? DeliveryStatus.RETRYING : DeliveryStatus.DEAD;
	}

	// When the delivery was done or dead, or null if it is tried again.
	public @Nullable Instant finishedAt() {
		return (this.outcome.retryAt() != null) ? null : this.outcome.finishedAt();
	}

	// Whether something may have waited behind it that can run now.
	public boolean letsGo() {
		return this.outcome.retryAt() == null && delivery().orderingKey() != null;
	}

	// Says that the delivery was still there and waited for this outcome.
	public void accept() {
		this.accepted = true;
	}

	public boolean isAccepted() {
		return this.accepted;
	}

}
