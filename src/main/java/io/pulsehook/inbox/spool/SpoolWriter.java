package io.pulsehook.inbox.spool;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.pulsehook.failure.DatabaseErrors;
import io.pulsehook.inbox.model.DataDirectoryException;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.sqlite.SqliteFile;
import io.pulsehook.threads.CoreThreads;
import io.pulsehook.threads.GuardedLoop;
import io.pulsehook.threads.Turn;

/**
 * The one thread that writes the file of the spool. It takes everything that waits as one
 * group, and answers each write only when the commit of that group is on disk. If that
 * fails, all of them fail: no body is to blame, since the file takes any.
 */
final class SpoolWriter implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(SpoolWriter.class);

	private static final int GROUP_LIMIT = 1_000;

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

	private static final String PROBE = "update pulsehook_probe set data = randomblob(65536)";

	private final SqliteFile file;

	private final Duration patience;

	private final BlockingQueue<SpoolTask<?>> waiting = new LinkedBlockingQueue<>();

	/**
	 * The writes that this turn has to answer. Its room is allocated first, so that
	 * taking them from the queue needs no memory.
	 */
	private final List<SpoolTask<?>> group = new ArrayList<>(GROUP_LIMIT);

	private final GuardedLoop loop;

	/** Used by the writer's thread alone. */
	private @Nullable SpoolSession session;

	private volatile @Nullable String problem;

	private volatile boolean closed;

	/** Whether nobody takes anything from the queue any more. */
	private volatile boolean ended;

	/**
	 * Starts the thread.
	 * @param patience how long a write is waited for
	 */
	SpoolWriter(SqliteFile file, Duration patience, CoreThreads threads) {
		this.file = file;
		this.patience = patience;
		this.loop = GuardedLoop.vital("pulsehook-spool", new Turns(), threads).start();
	}

	/** Why the last write failed, or {@code null} if it did not. */
	@Nullable String problem() {
		return this.problem;
	}

	/** Writes in the next group. The future fails if nothing was written. */
	<T> SpoolTask<T> submit(SpoolWrite<T> write) {
		SpoolTask<T> task = new SpoolTask<>(write, this.patience);
		if (this.closed) {
			task.fail(closedSpool());
			return task;
		}
		this.waiting.add(task);
		// The thread may have ended since the first check, without having seen it.
		if (this.ended) {
			task.fail(closedSpool());
		}
		return task;
	}

	private Duration takeTurn() {
		try {
			takeGroup();
			if (!this.group.isEmpty()) {
				write();
			}
			else {
				look();
			}
		}
		finally {
			this.group.forEach((task) -> task.fail(unavailable()));
			this.group.clear();
		}
		return Duration.ZERO;
	}

	// Nobody here interrupts this thread: whoever did, what was taken before is written.
	private void takeGroup() {
		try {
			SpoolTask<?> first = this.waiting.poll(SqliteFile.WATCH_INTERVAL.toNanos(), TimeUnit.NANOSECONDS);
			if (first != null) {
				this.group.add(first);
				this.waiting.drainTo(this.group, GROUP_LIMIT - 1);
			}
		}
		catch (InterruptedException ex) {
			logger.debug("The spool's writer was interrupted and goes on");
		}
		this.group.removeIf((task) -> !task.claim());
	}

	// Looks in quiet times whether the files are in their places, and after a failure
	// whether the file can be written again: the next webhook would have to find out
	// otherwise.
	private void look() {
		try {
			this.file.requireInPlace();
			if (this.problem != null) {
				SpoolSession current = session();
				current.execute(PROBE);
				commit(current);
			}
		}
		catch (SQLException ex) {
			failed(ex);
		}
	}

	private void write() {
		try {
			SpoolSession current = session();
			for (SpoolTask<?> task : this.group) {
				task.apply(current);
			}
			commit(current);
		}
		catch (SQLException | RuntimeException | Error ex) {
			failed(ex);
			return;
		}
		this.group.forEach(SpoolTask::complete);
		this.group.clear();
	}

	private SpoolSession session() throws SQLException {
		SpoolSession current = this.session;
		if (current == null) {
			current = new SpoolSession(this.file.writer());
			this.session = current;
		}
		return current;
	}

	private void commit(SpoolSession current) throws SQLException {
		current.commit();
		this.file.requireInPlace();
		if (this.problem != null) {
			this.problem = null;
			logger.info("The spool can be written again.");
		}
	}

	// Closing the connection rolls back what was not committed.
	private void failed(Throwable thrown) {
		DataDirectoryException damage = (thrown instanceof SQLException ex) ? this.file.damage(ex) : null;
		String reason = (damage != null) ? String.valueOf(damage.getMessage()) : DatabaseErrors.of(thrown);
		if (this.problem == null) {
			logger.error("The spool cannot be written: " + reason + ". Webhooks that the inbox cannot store either are "
					+ "answered with 503 until it can; this is tried every second."
					+ ((damage != null) ? " " + damage.action() : ""));
		}
		this.problem = reason;
		disconnect();
	}

	private void disconnect() {
		try (SpoolSession discarded = this.session) {
			this.session = null;
		}
		catch (SQLException | RuntimeException ex) {
			logger.debug("A broken connection to the spool could not be closed", ex);
		}
	}

	private InboxUnavailableException unavailable() {
		return new InboxUnavailableException("The spool cannot be written: " + this.problem, null);
	}

	private static InboxUnavailableException closedSpool() {
		return new InboxUnavailableException("The spool is closed.", null);
	}

	private void end() {
		this.closed = true;
		this.ended = true;
		this.waiting.drainTo(this.group);
		this.group.forEach((task) -> task.fail(closedSpool()));
		disconnect();
	}

	/** Writes what is waiting and ends. */
	@Override
	public void close() {
		this.closed = true;
		this.loop.stop();
		// An empty write wakes the thread, which may wait for one.
		this.waiting.add(new SpoolTask<>((current) -> true, this.patience));
		try {
			this.loop.awaitEnd(CLOSE_TIMEOUT);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** What the thread does. */
	private final class Turns implements Turn {

		@Override
		public Duration take(GuardedLoop self) {
			return takeTurn();
		}

		@Override
		public boolean hasMore() {
			return !SpoolWriter.this.waiting.isEmpty();
		}

		@Override
		public void end() {
			SpoolWriter.this.end();
		}

	}

}
