package io.pulsehook.inbox;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.Outcome;
import io.pulsehook.inbox.model.Outcome.Attempt;
import io.pulsehook.inbox.model.Outcome.Dead;
import io.pulsehook.inbox.model.Outcome.Done;
import io.pulsehook.inbox.model.Outcome.Failed;
import io.pulsehook.inbox.model.Outcome.Failure;

/**
 * Makes outcomes of attempts.
 */
public final class TestOutcomes {

	private TestOutcomes() {
	}

	public static Outcome of(DueDelivery delivery, Instant startedAt, Instant finishedAt, @Nullable Failure failure,
			@Nullable Instant retryAt) {
		Attempt attempt = new Attempt(delivery, startedAt, finishedAt, null);
		if (failure == null) {
			return new Done(attempt);
		}
		return (retryAt != null) ? new Failed(attempt, failure, retryAt) : new Dead(attempt, failure);
	}

}
