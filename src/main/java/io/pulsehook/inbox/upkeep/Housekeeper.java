package io.pulsehook.inbox.upkeep;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

import io.pulsehook.failure.Reason;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.threads.GuardedLoop;

/**
 * Keeps the inbox in order while the application runs: deletes what is old, gives space
 * back, and covers lost wake-ups. It starts last and stops first.
 */
public final class Housekeeper implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(Housekeeper.class);

	private static final Duration FIRST = Duration.ofSeconds(10);

	private static final Duration INTERVAL = Duration.ofHours(1);

	/** Between two small writes, for those who wait for a commit. */
	private static final Duration PAUSE = Duration.ofMillis(20);

	private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

	private final Inbox inbox;

	private final RetentionPeriods periods;

	private volatile @Nullable GuardedLoop loop;

	private boolean failing;

	/**
	 * Creates a housekeeper, which does nothing until it is started.
	 * @param inbox what is to be kept in order
	 * @param periods how long events are kept
	 */
	public Housekeeper(Inbox inbox, RetentionPeriods periods) {
		this.inbox = inbox;
		this.periods = periods;
	}

	@Override
	public void start() {
		start(FIRST);
	}

	void start(Duration first) {
		this.loop = GuardedLoop.of("pulsehook-housekeeper", (self) -> {
			runOnce(self::waitForStop);
			return INTERVAL;
		}, this.inbox.threads()).start(first);
	}

	public void runOnce() {
		runOnce((time) -> false);
	}

	// What fails is tried again the next time, and logged when it begins to fail. Not
	// beside one that has been stopped and is still busy.
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
		Retention retention = this.inbox.retention();
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
		repeat(stopsWithin, () -> retention.blankReplays() > 0);
		repeat(stopsWithin, () -> retention.deleteOrders(this.periods) > 0);
		repeat(stopsWithin, () -> retention.forgetInterruptions() > 0);
		this.inbox.sweep().wakeBlocked();
		repeat(stopsWithin, this.inbox.space()::giveBackSome);
		this.inbox.space().truncateLog();
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
