package io.pulsehook.inbox.spool;

import java.sql.SQLException;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.pulsehook.failure.Causes;
import io.pulsehook.failure.DatabaseErrors;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.model.WriteRefusedException;

/**
 * Brings bodies from the spool into the inbox, in their order. Bodies that the inbox does
 * not take together are brought in fewer at a time, so that one that it refuses is found
 * and the others are stored. Used by one thread.
 */
final class Drainer {

	private static final Log logger = LogFactory.getLog(Drainer.class);

	/**
	 * Code that fails for one body makes the inbox begin an outage. After so many tries
	 * it is the body that is to blame.
	 */
	private static final int MOST_TRIES = 3;

	private final SpoolQueue queue;

	private final Inbox inbox;

	private final BodyReader reader;

	private final SpoolErasure erasure;

	/** How many bodies are tried together. */
	private int most = SpoolTable.MOST_BODIES;

	private long suspect;

	private int tries;

	Drainer(SpoolQueue queue, Inbox inbox, BodyReader reader, SpoolErasure erasure) {
		this.queue = queue;
		this.inbox = inbox;
		this.reader = reader;
		this.erasure = erasure;
	}

	/**
	 * Stores what comes next.
	 * @return {@code false} if that was all that waited
	 * @throws InboxUnavailableException if it was not stored, so that it still waits
	 */
	boolean storeNext() {
		List<SpooledBody> waiting = this.queue.next(this.most);
		SpoolBatch batch = SpoolBatch.of(waiting, this.reader);
		if (batch.isEmpty()) {
			return false;
		}
		RuntimeException failure = batch.failure();
		if (failure != null) {
			refuse(batch.bodies().get(0), "It cannot be read: " + className(failure));
			return true;
		}
		boolean all = batch.bodies().size() == waiting.size() && SpoolTable.isAll(waiting, this.most);
		return !store(batch) || !all;
	}

	private boolean store(SpoolBatch batch) {
		List<NewEvent> events = batch.events().isEmpty() ? List.of() : this.erasure.without(batch.events());
		if (!events.isEmpty()) {
			try {
				this.inbox.store(events);
			}
			catch (InboxUnavailableException ex) {
				failed(batch, ex);
				return false;
			}
			this.erasure.repeat(events);
		}
		this.queue.stored(batch.bodies());
		this.most = Math.min(2 * this.most, SpoolTable.MOST_BODIES);
		return true;
	}

	private void failed(SpoolBatch batch, InboxUnavailableException ex) {
		WriteRefusedException refusal = Causes.find(ex, WriteRefusedException.class);
		int size = batch.bodies().size();
		if (refusal != null && size == 1 && isToBlame(batch.bodies().get(0))) {
			refuse(batch.bodies().get(0), reason(refusal));
			return;
		}
		this.most = Math.max(1, size / 2);
		if (refusal == null || this.inbox.outage() != null) {
			throw ex;
		}
	}

	private boolean isToBlame(SpooledBody body) {
		this.tries = (this.suspect == body.id()) ? this.tries + 1 : 1;
		this.suspect = body.id();
		return this.inbox.outage() == null || this.tries >= MOST_TRIES;
	}

	private void refuse(SpooledBody body, String reason) {
		this.queue.refuse(body, reason);
		logger.error("The inbox refused body " + body.id() + " of the spool, which arrived at " + body.arrivedAt()
				+ " from source '" + body.source() + "': " + reason
				+ ". It is kept and tried again at the next start; see /api/spool or the console.");
	}

	private static String reason(WriteRefusedException refusal) {
		Throwable cause = (refusal.getCause() != null) ? refusal.getCause() : refusal;
		return (Causes.find(cause, SQLException.class) != null) ? DatabaseErrors.of(cause) : className(cause);
	}

	private static String className(Throwable thrown) {
		return thrown.getClass().getName();
	}

}
