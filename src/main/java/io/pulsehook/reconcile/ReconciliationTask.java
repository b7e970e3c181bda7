package io.pulsehook.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

import io.pulsehook.failure.DatabaseErrors;
import io.pulsehook.failure.StackFrames;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.reconciliation.StoredReconciliation;
import io.pulsehook.inbox.reconciliation.StoredReconciliations;
import io.pulsehook.reconcile.PatientCalls.GivenUpException;
import io.pulsehook.reconcile.PatientCalls.StoppedException;
import io.pulsehook.threads.CoreThreads;
import io.pulsehook.threads.GuardedLoop;
import io.pulsehook.threads.PeriodicTask;

/**
 * Works on the reconciliation that runs, if no other process does, and begins those that
 * the schedule wants.
 */
public final class ReconciliationTask extends PeriodicTask {

	private static final Log logger = LogFactory.getLog(ReconciliationTask.class);

	/** How long a start of the application is left alone. */
	private static final Duration DELAY = Duration.ofSeconds(1);

	/** How often another process's reconciliation is looked for. */
	private static final Duration POLL = Duration.ofSeconds(5);

	/** How often this process's own requests are looked for. */
	private static final Duration GLANCE = Duration.ofMillis(100);

	private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

	/** How much of what the last one has compared the next one compares again. */
	private static final Duration OVERLAP = Duration.ofMinutes(15);

	private final ReconciliationTools tools;

	private final StoredReconciliations store;

	private final Duration window;

	private final @Nullable Duration interval;

	private final String runner = UUID.randomUUID().toString();

	private volatile boolean wanted;

	private volatile boolean ending;

	private volatile @Nullable Thread worker;

	/**
	 * Creates the task, which does nothing until it is started.
	 * @param tools what reconciliations are done with
	 * @param window how far the scheduled ones look back at most
	 * @param interval the time between two scheduled ones, or {@code null} if there are
	 * none
	 * @param threads where its thread is watched
	 */
	public ReconciliationTask(ReconciliationTools tools, Duration window, @Nullable Duration interval,
			CoreThreads threads) {
		super("pulsehook-reconciliation", DELAY, STOP_LIMIT, threads);
		this.tools = tools;
		this.store = tools.store();
		this.window = window;
		this.interval = interval;
	}

	/** Has the reconciliation looked for that has just been asked for. */
	void wake() {
		this.wanted = true;
	}

	@Override
	protected Duration run(GuardedLoop self) {
		this.worker = Thread.currentThread();
		attempt(() -> work((time) -> this.ending || self.waitForStop(time)), (ex) -> {
			if (!this.ending) {
				logger.error("Reconciliation failed and is tried again every " + POLL.toSeconds() + " s. "
						+ DatabaseErrors.of(ex));
			}
		});
		await(self);
		return Duration.ZERO;
	}

	private void await(GuardedLoop self) {
		long end = System.nanoTime() + POLL.toNanos();
		while (System.nanoTime() < end && (this.ending || !this.wanted)) {
			if (self.waitForStop(GLANCE)) {
				return;
			}
		}
	}

	/**
	 * Does what there is to do, on the calling thread.
	 * @param stopsWithin waits for a time at most, and tells whether the process ends
	 */
	void work(Predicate<Duration> stopsWithin) {
		if (stopsWithin.test(Duration.ZERO)) {
			return;
		}
		this.wanted = false;
		if (this.interval != null && isDue(this.interval)) {
			this.store.beginIfDue(this.interval, this.window, OVERLAP);
		}
		this.store.running()
			.filter((id) -> this.store.take(id, this.runner))
			.flatMap(this.store::find)
			.ifPresent((reconciliation) -> work(reconciliation, stopsWithin));
	}

	private boolean isDue(Duration interval) {
		Instant now = this.tools.clock().instant();
		return this.store.lastScheduled().map((last) -> !last.plus(interval).isAfter(now)).orElse(true);
	}

	private void work(StoredReconciliation reconciliation, Predicate<Duration> stopsWithin) {
		Hold hold = new Hold(this.store, reconciliation.id(), this.runner, stopsWithin);
		try {
			compare(reconciliation, hold);
		}
		catch (StoppedException | CancellationException ex) {
			logger.debug("Reconciliation " + reconciliation.id() + " goes on elsewhere or later");
			hold.release();
		}
	}

	private void compare(StoredReconciliation reconciliation, Hold hold) {
		try {
			hold.end(ReconciliationStatus.DONE,
					new ReconciliationRun(this.tools, reconciliation, hold, this.window).run());
		}
		catch (StoppedException | CancellationException | DataAccessException | InboxUnavailableException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			fail(reconciliation.id(), hold, ex);
		}
	}

	private static void fail(long id, Hold hold, RuntimeException failure) {
		String reason = (failure instanceof GivenUpException) ? String.valueOf(failure.getMessage())
				: "It failed with " + failure.getClass().getName() + ".";
		logger.error("Reconciliation " + id + " has ended before it had compared all contacts. " + reason
				+ ((failure instanceof GivenUpException) ? "" : " " + StackFrames.of(failure)));
		hold.end(ReconciliationStatus.FAILED, reason);
	}

	@Override
	public void start(Duration delay) {
		this.ending = false;
		super.start(delay);
	}

	/**
	 * Stops the task. A reconciliation that runs goes on in another process, or after the
	 * next start.
	 */
	@Override
	public void stop() {
		this.ending = true;
		Thread current = this.worker;
		if (current != null) {
			// A call can wait for long until it may begin.
			current.interrupt();
		}
		super.stop();
	}

}
