package io.pulsehook.dispatch.lane;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.failure.StackFrames;
import io.pulsehook.inbox.model.DueDelivery;

/**
 * Interrupts attempts of one handler that take too long or whose delivery another process
 * may have taken over, and tells the operator of those that do not react.
 */
final class Supervisor {

	private static final Log logger = LogFactory.getLog(Supervisor.class);

	/** A handler that has not returned within this time after its interruption hangs. */
	private static final long HUNG_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final RegisteredHandler handler;

	private final InFlight inFlight;

	private final Predicate<DueDelivery> held;

	private final InstantSource clock;

	private final LongSupplier nanoTime;

	Supervisor(RegisteredHandler handler, InFlight inFlight, Predicate<DueDelivery> held, InstantSource clock,
			LongSupplier nanoTime) {
		this.handler = handler;
		this.inFlight = inFlight;
		this.held = held;
		this.clock = clock;
		this.nanoTime = nanoTime;
	}

	void watch() {
		Instant now = this.clock.instant();
		long nanos = this.nanoTime.getAsLong();
		for (Run run : this.inFlight.runs()) {
			revokeIfLost(run);
			interruptIfLate(run, now, nanos);
			tellIfHung(run, nanos);
		}
	}

	private void revokeIfLost(Run run) {
		if (!run.isRevoked() && !this.held.test(run.delivery())) {
			run.revoke();
		}
	}

	private void interruptIfLate(Run run, Instant now, long nanos) {
		Instant startedAt = run.startedAt();
		if (startedAt != null && startedAt.plus(timeout()).isBefore(now)) {
			run.timeOut(nanos);
		}
	}

	private void tellIfHung(Run run, long nanos) {
		Throwable late = run.hungSince(nanos - HUNG_NANOS);
		if (late != null) {
			logger.warn("Handler '" + this.handler.id() + "' was interrupted on event " + run.delivery().eventId()
					+ " after its timeout of " + timeout()
					+ " and goes on; until it returns, its slot and its key stay taken. It was interrupted at:"
					+ System.lineSeparator() + StackFrames.of(late));
		}
	}

	private Duration timeout() {
		return this.handler.timeout();
	}

}
