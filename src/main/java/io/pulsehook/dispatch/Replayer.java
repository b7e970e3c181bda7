package io.pulsehook.dispatch;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

import io.pulsehook.inbox.Reason;
import io.pulsehook.inbox.Replays;

/**
 * Keeps replays going, also those that were running when the application stopped.
 */
public final class Replayer implements SmartLifecycle, Runnable {

	private static final Log logger = LogFactory.getLog(Replayer.class);

	private static final long BUSY_MILLIS = 20;

	private static final long IDLE_MILLIS = 500;

	private final Replays replays;

	private volatile CountDownLatch stop = new CountDownLatch(1);

	private volatile @Nullable Thread thread;

	private final Set<Long> failing = new HashSet<>();

	/**
	 * Creates a replayer, which does nothing until it is started.
	 * @param replays what it keeps going
	 */
	public Replayer(Replays replays) {
		this.replays = replays;
	}

	@Override
	public void start() {
		this.stop = new CountDownLatch(1);
		Thread started = new Thread(this, "pulsehook-replayer");
		started.setDaemon(true);
		this.thread = started;
		started.start();
	}

	@Override
	public void run() {
		try {
			CountDownLatch until = this.stop;
			boolean stopped = false;
			while (!stopped) {
				stopped = until.await(advance() ? BUSY_MILLIS : IDLE_MILLIS, TimeUnit.MILLISECONDS);
			}
		}
		catch (InterruptedException ex) {
			// Stopped: what is left goes on after the next start.
		}
	}

	private boolean advance() {
		try {
			List<Long> running = this.replays.running();
			this.failing.retainAll(running);
			running.forEach(this::advance);
			return this.failing.size() < running.size();
		}
		catch (DataAccessException ex) {
			// Nothing can be read just now.
			return false;
		}
	}

	// One that fails is tried again, and keeps no other from going on.
	private void advance(long replay) {
		try {
			this.replays.advance(replay);
			this.failing.remove(replay);
		}
		catch (RuntimeException ex) {
			if (this.failing.add(replay)) {
				logger.warn("Replay " + replay + " cannot go on; this is tried again. " + Reason.of(ex));
			}
		}
	}

	// Not interrupted: it may be reading, and a step takes some milliseconds.
	@Override
	public void stop() {
		Thread stopped = this.thread;
		this.thread = null;
		this.stop.countDown();
		try {
			if (stopped != null) {
				stopped.join();
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

	@Override
	public int getPhase() {
		return Dispatcher.PHASE;
	}

}
