package io.pulsehook.dispatch.lane;

import java.time.Instant;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.pulsehook.failure.StackFrames;
import io.pulsehook.inbox.Deliveries;
import io.pulsehook.inbox.model.Outcome;

/**
 * Brings the outcomes of one handler's attempts to the disk, and gives back what has
 * none. A run is over when either is done, and not before: until then its delivery must
 * not run again.
 */
final class Completion {

	private static final Log logger = LogFactory.getLog(Completion.class);

	private final String handler;

	private final Outcomes outcomes;

	private final Deliveries deliveries;

	private final Attempts attempts;

	private final Runnable wake;

	private volatile boolean abandoned;

	/**
	 * Creates it.
	 * @param handler the handler's id
	 * @param outcomes decides what becomes of a delivery
	 * @param deliveries where that is written
	 * @param attempts is told of what was written
	 * @param wake says, on any thread, that the handler may have something to do
	 */
	Completion(String handler, Outcomes outcomes, Deliveries deliveries, Attempts attempts, Runnable wake) {
		this.handler = handler;
		this.outcomes = outcomes;
		this.deliveries = deliveries;
		this.attempts = attempts;
		this.wake = wake;
	}

	/**
	 * Completes an attempt that has returned, on the handler's thread.
	 */
	void complete(Run run, Instant startedAt, @Nullable Throwable thrown) {
		if (this.abandoned || run.isRevoked()) {
			// It may have returned only because it was interrupted, so it runs again.
			giveBack(List.of(run));
			return;
		}
		try {
			Outcome outcome = this.outcomes.of(run.delivery(), startedAt, thrown);
			this.deliveries.finish(outcome)
				.thenAccept((accepted) -> written(run, accepted ? outcome : null, thrown))
				.exceptionally((ex) -> unwritten(run));
		}
		catch (RuntimeException | Error ex) {
			// Without memory for the outcome, say, the delivery would keep its key for
			// ever.
			giveBack(List.of(run));
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
	 * From now on, gives back whatever returns.
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

	// The run is never over: to begin it again without a trace of this attempt could go
	// on for ever.
	private @Nullable Void unwritten(Run run) {
		if (!this.abandoned) {
			logger.error("The outcome of handler '" + this.handler + "' on event " + run.delivery().eventId()
					+ " could not be written; the delivery runs again after a restart.");
		}
		return null;
	}

}
