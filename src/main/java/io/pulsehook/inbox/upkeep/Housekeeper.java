package io.pulsehook.inbox.upkeep;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.pulsehook.failure.DatabaseErrors;
import io.pulsehook.threads.CoreThreads;
import io.pulsehook.threads.GuardedLoop;
import io.pulsehook.threads.PeriodicTask;

/**
 * Keeps the inbox in order while the application runs: it deletes what is old, gives
 * space back, and wakes deliveries that nothing else woke. It starts last and stops
 * first.
 */
public final class Housekeeper extends PeriodicTask {

	private static final Log logger = LogFactory.getLog(Housekeeper.class);

	private static final Duration FIRST = Duration.ofSeconds(10);

	private static final Duration INTERVAL = Duration.ofHours(1);

	/**
	 * The database may have been away since the start. When it is back, deliveries may
	 * wait that nothing but this wakes.
	 */
	private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

	/** The pause between two small writes, in which others get their commits. */
	private static final Duration PAUSE = Duration.ofMillis(20);

	private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

	private final Upkeep upkeep;

	private final RetentionPeriods periods;

	/**
	 * Creates a housekeeper, which does nothing until it is started.
	 * @param upkeep what it does its work with
	 * @param periods how long events are kept
	 * @param threads watches the thread that does all this
	 */
	public Housekeeper(Upkeep upkeep, RetentionPeriods periods, CoreThreads threads) {
		super("pulsehook-housekeeper", FIRST, STOP_LIMIT, threads);
		this.upkeep = upkeep;
		this.periods = periods;
	}

	@Override
	protected Duration run(GuardedLoop self) {
		return runOnce(self::waitForStop) ? INTERVAL : AFTER_FAILURE;
	}

	/** Does all the work at once, on the calling thread. */
	public void runOnce() {
		runOnce((time) -> false);
	}

	private boolean runOnce(Predicate<Duration> stopsWithin) {
		return attempt(() -> keepInOrder(stopsWithin), (ex) -> {
			if (!stopsWithin.test(Duration.ZERO)) {
				logger.error("Housekeeping failed and is tried again every minute. " + DatabaseErrors.of(ex));
			}
		});
	}

	private void keepInOrder(Predicate<Duration> stopsWithin) {
		Retention retention = this.upkeep.retention();
		RetentionPass pass = retention.begin(this.periods);
		long deleted = 0;
		while (pass.hasMore() && !stopsWithin.test(PAUSE)) {
			deleted += pass.deleteNext();
		}
		if (deleted > 0) {
			logger.info(deleted + " events were deleted, as they had been kept for long enough.");
		}
		repeat(stopsWithin, () -> retention.deleteCounts(this.periods) > 0);
		retention.deleteReplays(this.periods);
		retention.deleteReconciliations(this.periods);
		retention.deleteDecisions(this.periods);
		repeat(stopsWithin, () -> retention.blankReplays() > 0);
		repeat(stopsWithin, () -> retention.deleteOrders(this.periods) > 0);
		repeat(stopsWithin, () -> retention.forgetInterruptions() > 0);
		this.upkeep.sweep().wakeBlocked();
		repeat(stopsWithin, this.upkeep.space()::giveBackSome);
		this.upkeep.space().truncateLog();
	}

	private static void repeat(Predicate<Duration> stopsWithin, BooleanSupplier work) {
		boolean more = true;
		while (more && !stopsWithin.test(PAUSE)) {
			more = work.getAsBoolean();
		}
	}

}
