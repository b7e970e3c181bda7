package io.pulsehook.dispatch;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

import io.pulsehook.failure.Reason;
import io.pulsehook.inbox.replay.Replays;
import io.pulsehook.threads.CoreThreads;
import io.pulsehook.threads.GuardedLoop;

/**
 * Keeps replays going, also those that were running when the application stopped.
 */
public final class Replayer implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(Replayer.class);

	private static final Duration BUSY = Duration.ofMillis(20);

	private static final Duration IDLE = Duration.ofMillis(500);

	/** A step takes a small part of that. */
	private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

	private final Replays replays;

	private final CoreThreads threads;

	private volatile @Nullable GuardedLoop loop;

	private final Set<Long> failing = new HashSet<>();

	/**
	 * Creates a replayer, which does nothing until it is started.
	 * @param replays the replays that it keeps going
	 * @param threads watches its thread
	 */
	public Replayer(Replays replays, CoreThreads threads) {
		this.replays = replays;
		this.threads = threads;
	}

	@Override
	public void start() {
		this.loop = GuardedLoop.of("pulsehook-replayer", (self) -> advance() ? BUSY : IDLE, this.threads).start();
	}

	private boolean advance() {
		try {
			List<Long> running = this.replays.running();
			this.failing.retainAll(running);
			running.forEach(this::advance);
			return this.failing.size() < running.size();
		}
		catch (DataAccessException ex) {
			// The database cannot be read, of which the inbox has told the operator.
			return false;
		}
	}

	// A replay that fails is tried again, and the others go on meanwhile.
	private void advance(long replay) {
		try {
			this.replays.advance(replay);
			this.failing.remove(replay);
		}
		catch (RuntimeException | Error ex) {
			if (this.failing.add(replay)) {
				logger.warn("Replay " + replay + " cannot go on; this is tried again. " + Reason.of(ex));
			}
		}
	}

	// The thread is not interrupted: it may be reading, and a step takes milliseconds.
	@Override
	public void stop() {
		GuardedLoop stopped = this.loop;
		this.loop = null;
		try {
			if (stopped != null) {
				stopped.stop();
				stopped.awaitEnd(STOP_LIMIT);
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

	@Override
	public int getPhase() {
		return Dispatcher.PHASE;
	}

}
