package io.pulsehook.inbox;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

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

	private volatile CountDownLatch stop = new CountDownLatch(1);

	private volatile @Nullable Thread thread;

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
		this.stop = new CountDownLatch(1);
		Thread started = new Thread(this::run, "pulsehook-housekeeper");
		started.setDaemon(true);
		this.thread = started;
		started.start();
	}

	private void run() {
		Duration wait = FIRST;
		while (!stopsWithin(wait)) {
			runOnce();
			wait = INTERVAL;
		}
	}

	// What fails is tried again the next time, and logged when it begins to fail.
	void runOnce() {
		try {
			keepInOrder();
			this.failing = false;
		}
		catch (RuntimeException | Error ex) {
			if (!this.failing && !isStopped()) {
				logger.error("Housekeeping failed and is tried again every hour. " + Reason.of(ex));
			}
			this.failing = true;
		}
	}

	private void keepInOrder() {
		Retention retention = this.inbox.retention();
		RetentionPass pass = retention.begin(this.periods);
		long deleted = 0;
		while (pass.hasMore() && !stopsWithin(PAUSE)) {
			deleted += pass.deleteNext();
		}
		if (deleted > 0) {
			logger.info(deleted + " events were deleted, as they had been kept for long enough.");
		}
		repeat(() -> retention.deleteCounts(this.periods) > 0);
		retention.deleteReplays(this.periods);
		repeat(() -> retention.blankReplays() > 0);
		repeat(() -> retention.deleteOrders(this.periods) > 0);
		this.inbox.sweep().wakeBlocked();
		repeat(this.inbox.space()::giveBackSome);
		this.inbox.space().truncateLog();
	}

	private void repeat(BooleanSupplier work) {
		boolean more = true;
		while (more && !stopsWithin(PAUSE)) {
			more = work.getAsBoolean();
		}
	}

	private boolean isStopped() {
		return this.stop.getCount() == 0;
	}

	private boolean stopsWithin(Duration time) {
		try {
			return this.stop.await(time.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return true;
		}
	}

	@Override
	public void stop() {
		Thread current = this.thread;
		this.stop.countDown();
		this.thread = null;
		try {
			if (current != null) {
				current.join(STOP_LIMIT.toMillis());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.thread != null;
	}

}
