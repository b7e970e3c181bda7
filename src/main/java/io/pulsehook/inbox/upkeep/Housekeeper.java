package io.pulsehook.inbox.upkeep;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

import io.pulsehook.failure.Reason;
import io.pulsehook.inbox.write.FileSpace;
import io.pulsehook.threads.CoreThreads;
import io.pulsehook.threads.GuardedLoop;

/**
 * Keeps the inbox in order while the application runs: deletes what is old, gives space
 * back, and covers lost wake-ups. It starts last and stops first.
 */
public final class Housekeeper implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(Housekeeper.class);

	private static final Duration FIRST = Duration.ofSeconds(10);

	private static final Duration INTERVAL = Duration.ofHours(1);

	/** The pause between two small writes, so that others get their commits. */
	private static final Duration PAUSE = Duration.ofMillis(20);

	private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

	private final Retention retention;

	private final Sweep sweep;

	private final FileSpace space;

	private final RetentionPeriods periods;

	private final CoreThreads threads;

	private volatile @Nullable GuardedLoop loop;

	private boolean failing;

	/**
	 * Creates a housekeeper, which does nothing until it is started.
	 * @param retention deletes what is old
	 * @param sweep covers lost wake-ups
	 * @param space gives space back
	 * @param periods how long events are kept
	 * @param threads watches the thread that does all this
	 */
	public Housekeeper(Retention retention, Sweep sweep, FileSpace space, RetentionPeriods periods,
			CoreThreads threads) {
		this.retention = retention;
		this.sweep = sweep;
		this.space = space;
		this.periods = periods;
		this.threads = threads;
	}

	@Override
	public void start() {
		start(FIRST);
	}

	void start(Duration first) {
		this.loop = GuardedLoop.of("pulsehook-housekeeper", (self) -> {
			runOnce(self::waitForStop);
			return INTERVAL;
		}, this.threads).start(first);
	}

	public void runOnce() {
		runOnce((time) -> false);
	}

	// A failure is logged once and everything is tried again the next time. The lock
	// keeps
	// this from running beside a loop that has been stopped and is still busy.
	private synchronized void runOnce(Predicate<Duration> stopsWithin) {
		try {
			keepInOrder(stopsWithin);
			this.failing = false;
		}
		catch (RuntimeException | Error ex) {
			if (!this.failing && !stopsWithin.test(Duration.ZERO)) {
				logger.error("Housekeeping failed and is tried again every hour. " + Reason.of(ex));
			}
			this.failing = true;
		}
	}

	private void keepInOrder(Predicate<Duration> stopsWithin) {
		RetentionPass pass = this.retention.begin(this.periods);
		long deleted = 0;
		while (pass.hasMore() && !stopsWithin.test(PAUSE)) {
			deleted += pass.deleteNext();
		}
		if (deleted > 0) {
			logger.info(deleted + " events were deleted, as they had been kept for long enough.");
		}
		repeat(stopsWithin, () -> this.retention.deleteCounts(this.periods) > 0);
		this.retention.deleteReplays(this.periods);
		repeat(stopsWithin, () -> this.retention.blankReplays() > 0);
		repeat(stopsWithin, () -> this.retention.deleteOrders(this.periods) > 0);
		repeat(stopsWithin, () -> this.retention.forgetInterruptions() > 0);
		this.sweep.wakeBlocked();
		repeat(stopsWithin, this.space::giveBackSome);
		this.space.truncateLog();
	}

	private static void repeat(Predicate<Duration> stopsWithin, BooleanSupplier work) {
		boolean more = true;
		while (more && !stopsWithin.test(PAUSE)) {
			more = work.getAsBoolean();
		}
	}

	@Override
	public void stop() {
		GuardedLoop current = this.loop;
		this.loop = null;
		try {
			if (current != null) {
				current.stop();
				current.awaitEnd(STOP_LIMIT);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.loop != null;
	}

}
