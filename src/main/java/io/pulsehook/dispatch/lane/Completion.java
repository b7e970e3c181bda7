package io.pulsehook.dispatch.lane;

import java.time.Instant;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.pulsehook.dispatch.attempt.Attempts;
import io.pulsehook.dispatch.attempt.CallResult;
import io.pulsehook.dispatch.attempt.Outcomes;
import io.pulsehook.dispatch.attempt.Verdict;
import io.pulsehook.dispatch.rest.Rests;
import io.pulsehook.failure.StackFrames;
import io.pulsehook.inbox.Deliveries;
import io.pulsehook.inbox.model.Outcome;

/**
 * Writes the outcomes of one handler's attempts, and gives back deliveries that have no
 * outcome. A run is over only when this is done: if its delivery ran again before, two
 * attempts could overlap.
 */
final class Completion {

	private static final Log logger = LogFactory.getLog(Completion.class);

	private final String handler;

	private final Outcomes outcomes;

	private final Rests rests;

	private final Deliveries deliveries;

	private final Attempts attempts;

	private final Runnable wake;

	private volatile boolean abandoned;

	/**
	 * Creates the completion.
	 * @param handler the handler's id
	 * @param outcomes decides what becomes of a delivery
	 * @param rests writes what changes about the handler
	 * @param deliveries where outcomes are written
	 * @param attempts are told of outcomes that were written
	 * @param wake tells the dispatcher, from any thread, that deliveries to the handler
	 * may be due
	 */
	Completion(String handler, Outcomes outcomes, Rests rests, Deliveries deliveries, Attempts attempts,
			Runnable wake) {
		this.handler = handler;
		this.outcomes = outcomes;
		this.rests = rests;
		this.deliveries = deliveries;
		this.attempts = attempts;
		this.wake = wake;
	}

	/**
	 * Completes an attempt whose handler has returned. This is called on the handler's
	 * thread.
	 */
	void complete(Run run, Instant startedAt, CallResult result) {
		if (this.abandoned || run.isRevoked()) {
			// The handler may have returned only because it was interrupted, so that the
			// delivery has to run again.
			giveBack(List.of(run));
			return;
		}
		try {
			Verdict verdict = this.outcomes.of(run.delivery(), startedAt, result);
			Outcome outcome = verdict.outcome();
			this.deliveries.finish(outcome)
				.thenAccept((accepted) -> written(run, accepted ? outcome : null, result.thrown()))
				.exceptionally((ex) -> unwritten(run));
			if (verdict.change() != null) {
				this.rests.write(verdict.change());
			}
		}
		catch (RuntimeException | Error ex) {
			// If memory runs out, for example, there is no outcome. If the delivery were
			// not given back, it would block its key for ever.
			giveBack(List.of(run));
			this.rests.forgetUnwritten();
			logger.error("The outcome of handler '" + this.handler + "' on event " + run.delivery().eventId()
					+ " is lost, and the delivery runs again. " + StackFrames.of(ex));
		}
	}

	/**
	 * Gives deliveries back, so that this process or another can take them again.
	 */
	void giveBack(List<Run> runs) {
		this.deliveries.giveBack(runs.stream().map(Run::delivery).toList()).whenComplete((done, ex) -> {
			runs.forEach((run) -> run.over().complete(null));
			this.wake.run();
		});
	}

	/**
	 * From now on, gives each delivery back whose handler returns, whatever its outcome.
	 */
	void abandon() {
		this.abandoned = true;
	}

	private void written(Run run, @Nullable Outcome accepted, @Nullable Throwable thrown) {
		run.over().complete(null);
		if (accepted == null || accepted.retryAt() != null) {
			this.wake.run();
		}
		if (accepted != null) {
			this.attempts.ended(accepted, thrown);
		}
	}

	// The run stays open, so that the delivery does not run again before a restart: a
	// failure that is never written could repeat itself for ever.
	private @Nullable Void unwritten(Run run) {
		if (!this.abandoned) {
			logger.error("The outcome of handler '" + this.handler + "' on event " + run.delivery().eventId()
					+ " could not be written; the delivery runs again after a restart.");
		}
		return null;
	}

}
