package io.pulsehook.dispatch;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.dao.DataAccessException;

import io.pulsehook.failure.DatabaseErrors;
import io.pulsehook.inbox.replay.Replays;
import io.pulsehook.threads.CoreThreads;
import io.pulsehook.threads.GuardedLoop;
import io.pulsehook.threads.PeriodicTask;

/**
 * Advances replays step by step, also those that were running when the application
 * stopped.
 */
public final class Replayer extends PeriodicTask {

	private static final Log logger = LogFactory.getLog(Replayer.class);

	private static final Duration BUSY = Duration.ofMillis(20);

	private static final Duration IDLE = Duration.ofMillis(500);

	/**
	 * How long shutdown waits for the step of a replay, which takes a fraction of this.
	 */
	private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

	private final Replays replays;

	private final Set<Long> failing = new HashSet<>();

	/**
	 * Creates a replayer, which does nothing until it is started.
	 * @param replays the replays that it advances
	 * @param threads watches its thread
	 */
	public Replayer(Replays replays, CoreThreads threads) {
		super("pulsehook-replayer", Duration.ZERO, STOP_LIMIT, threads);
		this.replays = replays;
	}

	@Override
	protected Duration run(GuardedLoop self) {
		return advance() ? BUSY : IDLE;
	}

	private boolean advance() {
		try {
			List<Long> running = this.replays.running();
			this.failing.retainAll(running);
			running.forEach(this::advance);
			return this.failing.size() < running.size();
		}
		catch (DataAccessException ex) {
			// The database cannot be read. The inbox has already logged the outage.
			return false;
		}
	}

	// Advances one replay. If it fails, it is tried again, and the other replays go on.
	private void advance(long replay) {
		try {
			this.replays.advance(replay);
			this.failing.remove(replay);
		}
		catch (RuntimeException | Error ex) {
			if (this.failing.add(replay)) {
				logger.warn("Replay " + replay + " cannot go on; this is tried again. " + DatabaseErrors.of(ex));
			}
		}
	}

	@Override
	public int getPhase() {
		return Dispatcher.PHASE;
	}

}
