package io.pulsehook.inbox.spool;

import java.time.Duration;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.pulsehook.failure.DatabaseErrors;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.threads.CoreThreads;
import io.pulsehook.threads.GuardedLoop;
import io.pulsehook.threads.PeriodicTask;

/**
 * Empties the spool into the inbox as soon as that can be written, and then lets webhooks
 * go into the inbox again. It starts last, when the handlers are registered: events that
 * are stored before would get no deliveries.
 */
public final class SpoolDrain extends PeriodicTask {

	private static final Log logger = LogFactory.getLog(SpoolDrain.class);

	private static final Duration LOOK = Duration.ofMillis(250);

	private static final Duration RETRY = Duration.ofSeconds(1);

	private static final Duration UPKEEP = Duration.ofMinutes(1);

	private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

	/** Webhooks wait while the rest is drained. After this time no more is begun. */
	private static final int SHARE_OF_TIMEOUT = 10;

	private final Spool spool;

	private final Inbox inbox;

	private final Drainer drainer;

	private final RefusedUpkeep upkeep;

	private long lastUpkeep = System.nanoTime();

	/**
	 * Creates the task, which does nothing until it is started.
	 * @param spool what is emptied
	 * @param inbox where it goes
	 * @param reader reads the bodies
	 * @param erasure knows whose events must not be stored
	 * @param deadRetention how long bodies are kept that the inbox refused
	 * @param threads watches its thread
	 */
	public SpoolDrain(Spool spool, Inbox inbox, BodyReader reader, SpoolErasure erasure, Duration deadRetention,
			CoreThreads threads) {
		super("pulsehook-spool-drain", Duration.ZERO, STOP_LIMIT, threads);
		this.spool = spool;
		this.inbox = inbox;
		this.drainer = new Drainer(spool.queue(), inbox, reader, erasure);
		this.upkeep = new RefusedUpkeep(spool.refusedBodies(), reader, erasure, deadRetention, spool.clock());
	}

	@Override
	protected Duration run(GuardedLoop self) {
		if (this.inbox.outage() != null) {
			return LOOK;
		}
		if (this.spool.isTaking()) {
			return drain(self);
		}
		keepInOrder(self);
		return this.spool.queue().isUntidy() ? RETRY : LOOK;
	}

	private Duration drain(GuardedLoop self) {
		try {
			while (!self.isStopped()) {
				if (!this.drainer.storeNext() && this.spool.end(this::storeRest)) {
					return Duration.ZERO;
				}
			}
			return Duration.ZERO;
		}
		catch (InboxUnavailableException ex) {
			logger.debug("Nothing could be drained, which is tried again", ex);
			return (this.inbox.outage() != null) ? LOOK : RETRY;
		}
	}

	// A body that is still being written must not be left behind.
	private boolean storeRest() {
		this.spool.queue().settle();
		long patience = this.spool.settings().ackTimeout().toNanos() / SHARE_OF_TIMEOUT;
		long began = System.nanoTime();
		while (this.drainer.storeNext()) {
			if (System.nanoTime() - began > patience) {
				return false;
			}
		}
		return true;
	}

	// The disk can be full or the database away: nothing of this is urgent.
	private void keepInOrder(GuardedLoop self) {
		attempt(() -> {
			while (this.spool.queue().isUntidy() && !self.isStopped() && !this.spool.isTaking()) {
				this.spool.queue().tidy();
			}
			if (System.nanoTime() - this.lastUpkeep > UPKEEP.toNanos()) {
				this.lastUpkeep = System.nanoTime();
				this.upkeep.run();
			}
		}, (ex) -> logger.warn("The spool could not be tidied up, which is tried again. " + DatabaseErrors.of(ex)));
	}

}
