package io.pulsehook.inbox.commit;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.pulsehook.failure.DatabaseErrors;
import io.pulsehook.failure.StackFrames;
import io.pulsehook.inbox.model.Arrivals;
import io.pulsehook.inbox.model.InboxListener;
import io.pulsehook.inbox.model.Outage;
import io.pulsehook.inbox.model.WriteRefusedException;
import io.pulsehook.inbox.write.Dialect;

/**
 * Writes a group with one commit, so that many requests share one sync of the disk. If
 * the commit fails, it finds out whether single writes are to blame, which fail alone, or
 * the database, which begins an outage. Used by the writer's thread alone.
 */
final class GroupCommit {

	private static final Log logger = LogFactory.getLog(GroupCommit.class);

	/** So many writes that fail in succession are not to blame each for itself. */
	private static final int FAILURES_OF_ALL = 2;

	/** Commits that take less time than this do not wait for one another's writes. */
	private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	/** The share of the time of a slow commit that the next one waits for writes. */
	private static final int SHARE = 16;

	/** Whoever has waited through a commit that was held up waits no longer than this. */
	private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	private final Dialect dialect;

	private final Transactions transactions;

	private final Availability availability;

	private final Prefetch prefetch;

	private final Consumer<Arrivals> listener;

	private final InboxListener observer;

	private long lastWrite = System.nanoTime();

	private long gathersUntil = this.lastWrite;

	/** How many writes failed alone, by no fault of the database, since a commit. */
	private int failures;

	private @Nullable Throwable lastFailure;

	GroupCommit(Dialect dialect, Transactions transactions, Availability availability, Prefetch prefetch,
			Consumer<Arrivals> listener, InboxListener observer) {
		this.dialect = dialect;
		this.transactions = transactions;
		this.availability = availability;
		this.prefetch = prefetch;
		this.listener = listener;
		this.observer = observer;
	}

	/**
	 * Writes nothing if there is reason to: to requeue what was rejected, or to check
	 * after a quiet time that a server is still reachable or a file still in its place,
	 * which the next webhook would have to find out otherwise.
	 */
	void writeNothingIfNeeded() {
		if (System.nanoTime() - this.lastWrite >= this.dialect.idleLimit().toNanos() || this.prefetch.hasRejected()) {
			writeAll(List.of());
		}
	}

	/**
	 * Writes a group and answers each of its writes.
	 * @return {@code false} if all of them failed by no fault of the database. The code
	 * is to blame then, and an outage has begun so that health tells of it.
	 */
	boolean writeAll(List<Pending<?>> group) {
		int before = this.failures;
		write(group);
		Throwable failure = this.lastFailure;
		if (failure == null || this.availability.outage() != null || this.failures == before
				|| this.failures < Math.max(FAILURES_OF_ALL, group.size())) {
			return true;
		}
		beginOutage(List.of(), failure);
		return false;
	}

	private void write(List<Pending<?>> group) {
		long began = System.nanoTime();
		this.lastWrite = began;
		Arrivals arrivals;
		try {
			arrivals = this.transactions.commit(group);
		}
		catch (SQLException | RuntimeException | Error ex) {
			failed(group, ex);
			return;
		}
		group.forEach(Pending::complete);
		gatherAfter(System.nanoTime() - began);
		if (!group.isEmpty()) {
			this.failures = 0;
			this.lastFailure = null;
			this.observer.committed(group.size(), Duration.ofNanos(System.nanoTime() - began));
		}
		tell(arrivals);
	}

	// On a slow way to a server, whoever has just been answered and writes again at once
	// would miss the next commit: two halves of all would take turns, at half the rate.
	private void gatherAfter(long took) {
		this.gathersUntil = System.nanoTime() + (this.dialect.isShared() ? gatherNanos(took) : 0);
	}

	static long gatherNanos(long took) {
		return (took > SLOW_NANOS) ? Math.min(took / SHARE, MOST_NANOS) : 0;
	}

	/** Until when the next group waits for further writes, in nanoseconds. */
	long gathersUntil() {
		return this.gathersUntil;
	}

	/** Writes what only succeeds if there is room to write again. */
	void probe() throws SQLException {
		tell(this.transactions.probe());
	}

	// The commit stands whatever happens here: who is not told of it finds in the
	// database what it brought.
	private void tell(Arrivals arrivals) {
		try {
			if (!arrivals.isEmpty()) {
				this.listener.accept(arrivals);
			}
		}
		catch (RuntimeException | Error ex) {
			this.prefetch.reject(arrivals.handedOver());
			logger.error(
					"Handlers could not be told what a commit brought. They find it in the database and begin somewhat later. "
							+ StackFrames.of(ex));
		}
	}

	// No write is to blame for a failure without any, or before a transaction began.
	private void failed(List<Pending<?>> group, Throwable cause) {
		if (group.isEmpty() || this.transactions.stage() == Transactions.Stage.WAITING) {
			beginOutage(group, cause);
		}
		else if (!(cause instanceof SQLException ex)) {
			failedByItself(group, cause);
		}
		else if (this.dialect.refusesData(ex)) {
			divide(group, cause);
		}
		else if (isSlowByItself(group, ex)) {
			writeBatchedFirst(group, ex);
		}
		else {
			beginOutage(group, ex);
		}
	}

	// Code of this application failed, for one write or for all. A group that may have
	// been committed is not written again to find out for which.
	private void failedByItself(List<Pending<?>> group, Throwable cause) {
		if (this.transactions.stage() == Transactions.Stage.COMMITTING) {
			beginOutage(group, cause);
		}
		else {
			divide(group, cause);
		}
	}

	// What an operator or housekeeping asked for can take too long while the database is
	// well.
	private static boolean isSlowByItself(List<Pending<?>> group, SQLException ex) {
		return Transactions.isTimeout(ex) && !group.stream().allMatch(Pending::batched);
	}

	// No request fails because of another one's data: bisection finds the refused write
	// within few commits.
	private void divide(List<Pending<?>> group, Throwable refusal) {
		if (group.size() > 1) {
			writeUnlessOut(group.subList(0, group.size() / 2));
			writeUnlessOut(group.subList(group.size() / 2, group.size()));
			return;
		}
		if (!(refusal instanceof SQLException)) {
			this.failures++;
			this.lastFailure = refusal;
		}
		logger.error("A write was refused and undone: " + DatabaseErrors.of(refusal));
		group.get(0).fail(new WriteRefusedException("The write was refused and undone.", refusal));
	}

	// The batched writes, for which requests wait, share a commit once more. Each of the
	// others gets one of its own, which shows which of them takes too long.
	private void writeBatchedFirst(List<Pending<?>> group, SQLException timeout) {
		if (group.size() == 1) {
			divide(group, timeout);
			return;
		}
		// Tell them apart before any is written: a write that is done is no longer
		// batched.
		List<Pending<?>> others = new ArrayList<>(group);
		others.removeIf(Pending::batched);
		List<Pending<?>> batched = new ArrayList<>(group);
		batched.removeAll(others);
		writeUnlessOut(batched);
		others.forEach((pending) -> writeUnlessOut(List.of(pending)));
	}

	// An outage that one of them begins is one for all that come after it.
	private void writeUnlessOut(List<Pending<?>> group) {
		Outage current = this.availability.outage();
		if (current != null) {
			this.availability.refuse(group, current);
		}
		else if (!group.isEmpty()) {
			write(group);
		}
	}

	/** Begins an outage, refuses the writes that failed and closes the connection. */
	void beginOutage(List<Pending<?>> group, Throwable cause) {
		this.availability.beginOutage(group, cause);
		this.transactions.disconnect();
	}

}
