package io.pulsehook.inbox.spool;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

import io.pulsehook.inbox.model.InboxUnavailableException;

/**
 * The bodies that wait in the spool, as the one who drains it sees them. How far it has
 * come is kept in memory: what was stored is deleted afterwards, whenever the file can be
 * written, and a full disk holds up nobody. What was not deleted when the process ends
 * comes again, and the inbox recognises it. Used by one thread.
 */
final class SpoolQueue {

	private static final Log logger = LogFactory.getLog(SpoolQueue.class);

	private static final String FREE_PAGES = "pragma freelist_count";

	private static final String GIVE_BACK = "pragma incremental_vacuum(512)";

	private final SpoolTable table;

	private final SpoolWriter writer;

	private final SpoolCounts counts;

	/** The id up to which all bodies are stored in the inbox, or refused. */
	private volatile long position;

	/** The id up to which bodies that are stored were deleted. */
	private volatile long deleted;

	private volatile boolean untidy;

	SpoolQueue(SpoolTable table, SpoolWriter writer, SpoolCounts counts) {
		this.table = table;
		this.writer = writer;
		this.counts = counts;
	}

	/** Counts all bodies. */
	SpoolTable.Total total() {
		return this.table.total();
	}

	/**
	 * Reads what comes next.
	 * @param most how many bodies at most
	 * @return the bodies in their order, none if nothing waits
	 */
	List<SpooledBody> next(int most) {
		return this.table.next(this.position, most);
	}

	/** When the oldest body arrived that waits, or {@code null} if none can be found. */
	@Nullable Instant oldest() {
		try {
			return this.table.oldest(this.position).orElse(null);
		}
		catch (DataAccessException ex) {
			logger.debug("The spool could not be read", ex);
			return null;
		}
	}

	/**
	 * Waits until everything is on disk, or has failed, that was to be written before.
	 * Whoever gave a body may have gone by then, because that took too long.
	 * @throws InboxUnavailableException if it takes too long
	 */
	void settle() {
		SpoolTask<Boolean> last = this.writer.submit((session) -> true);
		last.await(last.future().handle((written, ex) -> true));
	}

	/** Goes on behind bodies that are stored in the inbox, and deletes them. */
	void stored(List<SpooledBody> bodies) {
		this.position = bodies.get(bodies.size() - 1).id();
		this.counts.drained(bodies.size());
		this.untidy = true;
		try {
			deleteStored();
		}
		catch (InboxUnavailableException ex) {
			logger.debug("What is stored could not be deleted from the spool, which is tried again", ex);
		}
	}

	/**
	 * Goes on behind a body that the inbox refused, which is kept.
	 * @throws InboxUnavailableException if that could not be written; the body still
	 * waits then, since it would be deleted with those behind it
	 */
	void refuse(SpooledBody body, String reason) {
		SpoolTask<Integer> task = this.writer.submit(SpoolTable.refuse(body.id(), reason));
		task.await(task.future().thenAccept((rows) -> {
			this.position = body.id();
			this.counts.refuse();
		}));
	}

	private void deleteStored() {
		long stored = this.position;
		SpoolTask<Long> task = this.writer.submit(SpoolTable.deleteStored(stored));
		task.await(task.future().thenAccept((size) -> {
			this.counts.release(size);
			this.deleted = stored;
		}));
	}

	/** Whether something that is stored is still in the file. */
	boolean isUntidy() {
		return this.untidy;
	}

	/**
	 * Deletes what could not be deleted before, and gives some of the file back.
	 * @throws InboxUnavailableException if the file cannot be written
	 */
	void tidy() {
		if (this.deleted < this.position) {
			deleteStored();
		}
		this.untidy = this.writer.submit(SpoolQueue::giveBack).await();
	}

	private static boolean giveBack(SpoolSession session) throws SQLException {
		session.truncateLogAfterCommit();
		if (session.number(FREE_PAGES) == 0) {
			return false;
		}
		session.execute(GIVE_BACK);
		return true;
	}

}
