package io.pulsehook.inbox.commit;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.pulsehook.failure.DatabaseErrors;
import io.pulsehook.inbox.model.Arrivals;
import io.pulsehook.inbox.write.Dialect;
import io.pulsehook.inbox.write.StaleSubscriptionsException;
import io.pulsehook.inbox.write.Subscriptions;

/**
 * Runs each group of writes as one transaction. A connection that was cut is replaced at
 * once, and a commit whose announcement the server refuses is repeated without it. Used
 * by the writer's thread alone.
 */
final class Transactions {

	private static final Log logger = LogFactory.getLog(Transactions.class);

	/** What fails in less time than this has not waited for a timeout. */
	private static final long CUT_NANOS = TimeUnit.SECONDS.toNanos(1);

	/** As many connections of a pool may have been cut together. */
	private static final int MAX_CUTS = 20;

	private static final String STATEMENT_TIMEOUT = "57014";

	/** How long a server that cannot keep announcements is given none. */
	private static final Duration QUIET = Duration.ofSeconds(10);

	private final Dialect dialect;

	private final Subscriptions subscriptions;

	private final Prefetch prefetch;

	private final InstantSource clock;

	private @Nullable JdbcSession session;

	private Stage stage = Stage.WAITING;

	/** When commits may be announced again, or null if they are. */
	private @Nullable Long quietUntil;

	Transactions(Dialect dialect, Subscriptions subscriptions, Prefetch prefetch, InstantSource clock) {
		this.dialect = dialect;
		this.subscriptions = subscriptions;
		this.prefetch = prefetch;
		this.clock = clock;
	}

	/** How far the last transaction came, which tells who is to blame if it failed. */
	Stage stage() {
		return this.stage;
	}

	static boolean isTimeout(SQLException ex) {
		return STATEMENT_TIMEOUT.equals(ex.getSQLState());
	}

	/**
	 * Commits a group, all of it or nothing. A server that has no room for announcements
	 * refuses a commit because of one: other replicas then find by themselves what the
	 * commit brought.
	 * @return what it brought
	 */
	Arrivals commit(List<Pending<?>> group) throws SQLException {
		try {
			return commitAgainIfCut(group);
		}
		catch (SQLException ex) {
			if (this.stage != Stage.COMMITTING || !announces() || !this.dialect.refusesAnnouncement(ex)) {
				throw ex;
			}
			logger
				.warn("The server cannot keep what is announced to other replicas: " + DatabaseErrors.of(ex) + ". For "
						+ QUIET.toSeconds() + " s commits are not announced, and replicas look for themselves. End the "
						+ "session that listens and reads nothing; see pg_notification_queue_usage().");
			this.quietUntil = System.nanoTime() + QUIET.toNanos();
			return commitAgainIfCut(group);
		}
	}

	private boolean announces() {
		Long until = this.quietUntil;
		if (until != null && System.nanoTime() - until > 0) {
			this.quietUntil = null;
		}
		return this.quietUntil == null;
	}

	// A server that restarts cuts connections. That is no outage, although the pool may
	// have more of them.
	private Arrivals commitAgainIfCut(List<Pending<?>> group) throws SQLException {
		int chances = (this.session != null) ? MAX_CUTS : 0;
		while (true) {
			long start = System.nanoTime();
			try {
				return commitOnce(group);
			}
			catch (SQLException ex) {
				if (chances == 0 || !wasCut(ex, start) || !mayBeRepeated(group)) {
					throw ex;
				}
				chances--;
				disconnect();
			}
		}
	}

	// A transaction that timed out is not repeated: nobody would wait that long again.
	private boolean wasCut(SQLException ex, long start) {
		return !this.dialect.refusesData(ex) && !isTimeout(ex) && System.nanoTime() - start < CUT_NANOS;
	}

	// If the commit itself was cut, it may have succeeded: only batched writes are
	// recognized when they come again.
	private boolean mayBeRepeated(List<Pending<?>> group) {
		return this.stage != Stage.COMMITTING || group.stream().allMatch(Pending::batched);
	}

	private Arrivals commitOnce(List<Pending<?>> group) throws SQLException {
		try {
			return runOnce(group);
		}
		catch (StaleSubscriptionsException ex) {
			// The transaction was undone, so that the next one loads them when it begins.
			return runOnce(group);
		}
	}

	private Arrivals runOnce(List<Pending<?>> group) throws SQLException {
		this.stage = Stage.WAITING;
		// Send nothing ahead beside what an operator asked for, such as a pause, which
		// could not take it into account.
		boolean batched = group.stream().allMatch(Pending::batched);
		Commit commit = prepare(batched);
		try {
			begin(group, commit);
			this.stage = Stage.WRITING;
			// Batches come first: what gives up a delivery must not come before the
			// outcome of that delivery, which has waited longer.
			apply(group, commit, true);
			commit.flush();
			if (!batched) {
				commit.runDeferred();
				apply(group, commit, false);
			}
			commit.complete(announces());
			this.stage = Stage.COMMITTING;
			return commit.commit();
		}
		catch (SQLException | RuntimeException | Error ex) {
			undo(commit, ex);
			throw ex;
		}
	}

	private static void begin(List<Pending<?>> group, Commit commit) throws SQLException {
		if (commit.canBeginWithBatches() && !group.isEmpty() && group.stream().allMatch(Pending::mayPrecedeTurn)) {
			commit.beginWithBatches();
		}
		else {
			commit.begin();
		}
	}

	private static void apply(List<Pending<?>> group, Commit commit, boolean batched) throws SQLException {
		for (Pending<?> pending : group) {
			if (pending.batched() == batched) {
				pending.apply(commit);
			}
		}
	}

	// SQLite rolls back by itself when the disk is full, so that this fails too. What the
	// caller has to know is why the transaction failed.
	private void undo(Commit commit, Throwable cause) {
		try {
			commit.rollback();
		}
		catch (SQLException | RuntimeException | Error ex) {
			cause.addSuppressed(ex);
			disconnect();
		}
	}

	/**
	 * Commits a write that needs room on the disk. It announces nothing, since an outage
	 * has to end although the server cannot keep announcements.
	 * @return what that transaction brought
	 */
	Arrivals probe() throws SQLException {
		Commit commit = prepare(false);
		commit.begin();
		commit.prepare(this.dialect.probe()).executeUpdate();
		commit.complete(false);
		return commit.commit();
	}

	private Commit prepare(boolean prefetches) throws SQLException {
		JdbcSession current = this.session;
		if (current == null) {
			current = new JdbcSession(this.dialect.writer(), this.clock);
			this.session = current;
		}
		return new Commit(current, this.dialect, this.subscriptions, this.prefetch, prefetches);
	}

	/** Closes the connection. The next transaction opens another one. */
	void disconnect() {
		try (JdbcSession discarded = this.session) {
			this.session = null;
		}
		catch (SQLException | RuntimeException ex) {
			logger.debug("A broken connection could not be closed", ex);
		}
	}

	/** How far a transaction came. */
	enum Stage {

		/** It waited for a connection, or for this process's turn to write. */
		WAITING,

		/** It wrote, and was rolled back if it failed. */
		WRITING,

		/** It was about to be committed, and may have been even if it failed. */
		COMMITTING

	}

}
