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
		if (thrown == null) {
			return new Outcome(delivery, startedAt, now, null, null);
		}
		Duration pause = this.retries.pauseAfter(delivery.attempts() + 1, thrown);
		if (pause != null) {
			this.log.retried(delivery, thrown, pause);
		}
		else {
			this.log.died(delivery, thrown);
		}
		return new Outcome(delivery, startedAt, now, Failures.whole(thrown), (pause != null) ? now.plus(pause) : null);
	}

}
