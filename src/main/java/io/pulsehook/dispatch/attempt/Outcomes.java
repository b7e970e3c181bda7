package io.pulsehook.dispatch.attempt;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.dispatch.rest.Health;
import io.pulsehook.dispatch.rest.Rests;
import io.pulsehook.dispatch.rest.RetryLater;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.Outcome;
import io.pulsehook.inbox.model.Outcome.Attempt;
import io.pulsehook.inbox.model.Outcome.Dead;
import io.pulsehook.inbox.model.Outcome.Done;
import io.pulsehook.inbox.model.Outcome.Failed;
import io.pulsehook.inbox.model.Outcome.PutOff;
import io.pulsehook.inbox.model.RestChange;
import io.pulsehook.inbox.model.RestChange.End;

/**
 * Decides what becomes of a delivery and of its handler after an attempt, and logs
 * failures.
 */
public final class Outcomes {

	/**
	 * So soon a delivery is tried again whose handler is resumed at once. Until the pause
	 * is on disk, another replica could take it.
	 */
	private static final Duration GONE_PAUSE = Duration.ofSeconds(1);

	private final Rests rests;

	private final Health health;

	private final FailureLog log;

	private final Retries retries;

	private final InstantSource clock;

	/**
	 * Creates the outcomes of a handler.
	 * @param handler the handler
	 * @param rests tell whether it rests
	 * @param health judges what an attempt says about the handler
	 * @param attempts know the page to which a logged failure refers
	 * @param clock tells when an attempt ends
	 * @param nanoTime measures how long ago a failure was logged
	 */
	public Outcomes(RegisteredHandler handler, Rests rests, Health health, Attempts attempts, InstantSource clock,
			LongSupplier nanoTime) {
		this.rests = rests;
		this.health = health;
		this.log = new FailureLog(handler.id(), attempts::eventAddress, nanoTime);
		this.retries = new Retries(handler.settings());
		this.clock = clock;
	}

	/**
	 * Returns what follows from an attempt that ends now.
	 * @param delivery the delivery that ran
	 * @param startedAt when the attempt began
	 * @param result what came of calling the handler
	 * @return what becomes of the delivery and of the handler
	 */
	public Verdict of(DueDelivery delivery, Instant startedAt, CallResult result) {
		Instant now = notBefore(startedAt);
		Attempt attempt = new Attempt(delivery, startedAt, now, result.answer());
		boolean probe = this.rests.endProbe(delivery);
		Throwable thrown = result.thrown();
		if (thrown == null) {
			return new Verdict(new Done(attempt), this.health.succeeded(probe, now));
		}
		if (thrown instanceof KeptAwayException) {
			return new Verdict(new Done(attempt), null);
		}
		if (thrown instanceof WantedElsewhereException) {
			return new Verdict(putOff(attempt, thrown, now.plus(WantedElsewhereException.PAUSE)), null);
		}
		if (result.isGone()) {
			return new Verdict(putOff(attempt, thrown, now.plus(GONE_PAUSE)), this.health.gone(now));
		}
		return failed(attempt, probe, thrown);
	}

	// The clock of the database can be set back a little while a handler runs.
	private Instant notBefore(Instant startedAt) {
		Instant now = this.clock.instant();
		return now.isBefore(startedAt) ? startedAt : now;
	}

	private Verdict failed(Attempt attempt, boolean probe, Throwable thrown) {
		Instant now = attempt.finishedAt();
		Optional<Duration> alone = RetryLater.alone(thrown);
		if (alone.isPresent()) {
			return new Verdict(failed(attempt, thrown, now.plus(alone.get())), null);
		}
		// What was asked for is judged first: it often comes as an exception that is not
		// worth a retry otherwise.
		Optional<Duration> pause = RetryLater.of(thrown, now);
		if (pause.isPresent()) {
			Instant asked = now.plus(pause.get());
			RestChange change = this.health.asked(probe, asked, thrown, now);
			return new Verdict(failed(attempt, thrown, asked), change);
		}
		if (!this.retries.isWorthRetrying(thrown)) {
			return new Verdict(died(attempt, thrown), this.health.refused(probe, now));
		}
		RestChange change = this.health.failed(probe, attempt.delivery(), thrown, now);
		Instant until = (change instanceof End) ? null : this.rests.state().restsUntil();
		return new Verdict(failed(attempt, thrown, until), change);
	}

	// While the handler rests, no failure spends a retry: it is not the delivery's fault.
	// One that has been put off for too long spends its own nevertheless.
	private Outcome failed(Attempt attempt, Throwable thrown, @Nullable Instant putOffUntil) {
		DueDelivery delivery = attempt.delivery();
		Instant now = attempt.finishedAt();
		if (putOffUntil != null && mayBePutOff(delivery, now)) {
			return putOff(attempt, thrown, later(putOffUntil, now));
		}
		int spent = delivery.spent() + 1;
		if (this.retries.areUsedUpBy(spent)) {
			return died(attempt, thrown);
		}
		Instant retryAt = (putOffUntil != null) ? later(putOffUntil, now) : now.plus(this.retries.pauseAfter(spent));
		this.log.retried(delivery, thrown, Duration.between(now, retryAt));
		return new Failed(attempt, Failures.whole(thrown), retryAt);
	}

	private static PutOff putOff(Attempt attempt, Throwable thrown, Instant retryAt) {
		return new PutOff(attempt, Failures.whole(thrown), retryAt);
	}

	private Dead died(Attempt attempt, Throwable thrown) {
		this.log.died(attempt.delivery(), thrown);
		return new Dead(attempt, Failures.whole(thrown));
	}

	private boolean mayBePutOff(DueDelivery delivery, Instant now) {
		Instant since = delivery.putOffSince();
		return !this.rests.state().isExhausted() && (since == null || now.isBefore(since.plus(RestChange.LONGEST)));
	}

	private static Instant later(Instant one, Instant other) {
		return one.isAfter(other) ? one : other;
	}

}
