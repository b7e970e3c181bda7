package io.pulsehook.dispatch.lane;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.Outcome;
import io.pulsehook.inbox.model.Outcome.Attempt;
import io.pulsehook.inbox.model.Outcome.Dead;
import io.pulsehook.inbox.model.Outcome.Done;
import io.pulsehook.inbox.model.Outcome.Failed;
import io.pulsehook.inbox.model.Outcome.PutOff;

/**
 * Decides what becomes of a delivery after an attempt, and logs failures.
 */
final class Outcomes {

	private final FailureLog log;

	private final Retries retries;

	private final InstantSource clock;

	Outcomes(RegisteredHandler handler, LongFunction<String> eventAddress, InstantSource clock, LongSupplier nanoTime) {
		this.log = new FailureLog(handler.id(), eventAddress, nanoTime);
		this.retries = new Retries(handler.settings());
		this.clock = clock;
	}

	/**
	 * Returns the outcome of an attempt that ends now.
	 * @param delivery the delivery that ran
	 * @param startedAt when the attempt began
	 * @param thrown what the handler threw, or {@code null} if it succeeded
	 */
	Outcome of(DueDelivery delivery, Instant startedAt, @Nullable Throwable thrown) {
		Instant now = this.clock.instant();
		Attempt attempt = new Attempt(delivery, startedAt, now);
		if (thrown == null) {
			return new Done(attempt);
		}
		if (thrown instanceof WantedElsewhereException) {
			return new PutOff(attempt, Failures.whole(thrown), now.plus(WantedElsewhereException.PAUSE));
		}
		Duration pause = this.retries.pauseAfter(delivery.spent() + 1, thrown);
		if (pause == null) {
			this.log.died(delivery, thrown);
			return new Dead(attempt, Failures.whole(thrown));
		}
		this.log.retried(delivery, thrown, pause);
		return new Failed(attempt, Failures.whole(thrown), now.plus(pause));
	}

}
