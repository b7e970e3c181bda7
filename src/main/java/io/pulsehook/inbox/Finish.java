package io.pulsehook.inbox;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended, on its way into the database.
 */
final class Finish implements Write<Finish> {

	private final Outcome outcome;

	private boolean accepted;

	Finish(Outcome outcome) {
		this.outcome = outcome;
	}

	@Override
	public Finish apply(Session session) {
		this.accepted = false;
		session.add(this);
		return this;
	}

	@Override
	public boolean isCollected() {
		return true;
	}

	@Override
	public boolean isPatient() {
		return true;
	}

	Outcome outcome() {
		return this.outcome;
	}

	DueDelivery delivery() {
		return this.outcome.delivery();
	}

	// The status that the delivery gets.
	String status() {
		if (this.outcome.failure() == null) {
			return "done";
		}
		return (this.outcome.retryAt() != null) ? "retrying" : "dead";
	}

	// When the delivery was done or dead, or null if it is tried again.
	@Nullable Instant finishedAt() {
		return (this.outcome.retryAt() != null) ? null : this.outcome.finishedAt();
	}

	// Whether something may have waited behind it that can run now.
	boolean letsGo() {
		return this.outcome.retryAt() == null && delivery().orderingKey() != null;
	}

	// Says that the delivery was still there and waited for this outcome.
	void accept() {
		this.accepted = true;
	}

	boolean isAccepted() {
		return this.accepted;
	}

}
