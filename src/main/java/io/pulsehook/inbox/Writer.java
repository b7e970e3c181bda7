package io.pulsehook.inbox;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes. It commits all that waits in one transaction, so that many
 * requests share one sync of the disk, and tells each only when that commit is on disk.
 */
final class Writer implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(Writer.class);

	private static final int GROUP_LIMIT = 1_000;

	/** How long outcomes wait for something that is urgent. */
	private static final long COMPANY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private static final long PROBE_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

	/** What fails in less time than this has not waited for anybody. */
	private static final long CUT_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final String STATEMENT_TIMEOUT = "57014";

	private static final int MAX_CUTS = 20;

	private static final long CLOSE_MILLIS = TimeUnit.SECONDS.toMillis(30);

	private final BlockingQueue<Pending<?>> queue = new LinkedBlockingQueue<>();

	private final List<Pending<?>> kept = new ArrayList<>();

	private final Database database;

	private final Subscriptions subscriptions;

	private final Handoff handoff;

	private final InboxListener observer;

	private final Consumer<Arrivals> listener;

	private final InstantSource clock;

	private final Thread thread = new Thread(this::run, "pulsehook-writer");

	private volatile @Nullable Outage outage;

	// What ends the outage only with the process: no more is stored beside the damage.
	private volatile @Nullable DataDirectoryException damage;

	private volatile boolean closed;

	private @Nullable Session session;

	// Whether what failed last may have been committed all the same.
	private boolean inDoubt;

	// Whether it was this process's turn when it failed.
	private boolean begun;

	private long lastProbe;

	private long lastWrite = System.nanoTime();

	Writer(Database database, Subscriptions subscriptions, Handoff handoff, Consumer<Arrivals> listener,
			InboxListener observer, InstantSource clock) {
		this.database = database;
		this.subscriptions = subscriptions;
		this.handoff = handoff;
		this.listener = listener;
		this.observer = observer;
		this.clock = clock;
		// An inbox that could not be opened whole must not keep the process from ending.
		this.thread.setDaemon(true);
		this.thread.start();
	}

	// Since when and why nothing can be written, or null when all is well.
	@Nullable Outage outage() {
		return this.outage;
	}

	// Writes in the next group. During an outage the future fails at once; a cancelled
	// one is not written if its turn has not come.
	<T> CompletableFuture<T> submit(Write<T> write) {
		Outage current = this.outage;
		if (current != null) {
			return CompletableFuture.failedFuture(unavailable(current));
		}
		return enqueue(new Pending<>(write, false));
	}

	// Writes in the next group, or after the outage if there is one.
	<T> CompletableFuture<T> submitSurely(Write<T> write) {
		return enqueue(new Pending<>(write, true));
	}

	// Writes in the next group and returns when that is on disk.
	<T> T submitAndWait(Write<T> write) {
		try {
			return submit(write).join();
		}
		catch (CompletionException ex) {
			throw new InboxUnavailableException("Nothing was written.", ex.getCause());
		}
	}

	private <T> CompletableFuture<T> enqueue(Pending<T> pending) {
		if (this.closed) {
			return CompletableFuture.failedFuture(closedInbox());
		}
		this.queue.add(pending);
		return pending.future();
	}

	private void run() {
		try {
			while (!this.closed || !this.queue.isEmpty()) {
				List<Pending<?>> group = nextGroup();
				if (this.outage != null) {
					recover(this.outage, group);
				}
				else if (!group.isEmpty() || wasIdleForLong() || this.handoff.isLeaving()) {
					write(group);
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			end();
		}
	}

	// An empty write tells whether the way to a server, or a file, is still there: else
	// the first webhook after a quiet time would have to find out.
	private boolean wasIdleForLong() {
		return System.nanoTime() - this.lastWrite >= this.database.idleLimit().toNanos();
	}

	// A commit of outcomes alone would keep the next request waiting for a sync of the
	// disk that it could have shared.
	private List<Pending<?>> nextGroup() throws InterruptedException {
		List<Pending<?>> group = new ArrayList<>();
		boolean came = take(group, PROBE_INTERVAL_NANOS);
		long end = System.nanoTime() + COMPANY_NANOS;
		while (came && group.size() < GROUP_LIMIT && group.stream().allMatch(Pending::isPatient)) {
			came = take(group, end - System.nanoTime());
		}
		return group;
	}

	// Adds what is there, or what comes first in so long; returns whether anything did.
	private boolean take(List<Pending<?>> group, long nanos) throws InterruptedException {
		Pending<?> first = this.queue.poll(nanos, TimeUnit.NANOSECONDS);
		if (first == null) {
			return false;
		}
		group.add(first);
		this.queue.drainTo(group, GROUP_LIMIT - group.size());
		return true;
	}

	private void write(List<Pending<?>> group) {
		long began = System.nanoTime();
		this.lastWrite = began;
		Arrivals arrivals;
		try {
			arrivals = commitAgainIfCut(group);
		}
		catch (SQLException ex) {
			if (this.database.refusesData(ex) || isSlowByItself(group, ex)) {
				writeOneByOne(group, ex);
			}
			else {
				beginOutage(group, ex);
			}
			return;
		}
		catch (RuntimeException | Error ex) {
			writeOneByOne(group, ex);
			return;
		}
		group.forEach(Pending::complete);
		if (!group.isEmpty()) {
			this.observer.committed(group.size(), Duration.ofNanos(System.nanoTime() - began));
		}
		tell(arrivals);
	}

	private void tell(Arrivals arrivals) {
		if (!arrivals.isEmpty()) {
			this.listener.accept(arrivals);
		}
	}

	// Something that an operator or housekeeping asked for can take too long, although
	// the
	// database is well.
	private boolean isSlowByItself(List<Pending<?>> group, SQLException ex) {
		return this.begun && STATEMENT_TIMEOUT.equals(ex.getSQLState())
				&& !group.stream().allMatch(Pending::isCollected);
	}

	// A connection that was cut, as when the server restarts, is replaced at once and
	// without an outage; its pool may have more of that kind.
	private Arrivals commitAgainIfCut(List<Pending<?>> group) throws SQLException {
		int chances = (this.session != null) ? MAX_CUTS : 0;
		while (true) {
			long start = System.nanoTime();
			try {
				return commit(group);
			}
			catch (SQLException ex) {
				if (chances == 0 || !wasCut(ex, start) || !canBeRepeated(group)) {
					throw ex;
				}
				chances--;
				discardSession();
			}
		}
	}

	// As opposed to timed out: nobody would wait that long again.
	private boolean wasCut(SQLException ex, long start) {
		return !this.database.refusesData(ex) && !STATEMENT_TIMEOUT.equals(ex.getSQLState())
				&& System.nanoTime() - start < CUT_NANOS;
	}

	// If the commit itself was cut off, only what is known by its identity.
	private boolean canBeRepeated(List<Pending<?>> group) {
		return !this.inDoubt || group.stream().allMatch(Pending::isCollected);
	}

	private Arrivals commit(List<Pending<?>> group) throws SQLException {
		Session current = session();
		this.inDoubt = false;
		this.begun = false;
		try {
			// Not beside what an operator asked for, which it could not take into
			// account.
			current.begin(group.stream().allMatch(Pending::isCollected));
			this.begun = true;
			apply(group, current, true);
			current.flush();
			apply(group, current, false);
			current.complete();
			this.inDoubt = true;
			return current.commit();
		}
		catch (SQLException | RuntimeException | Error ex) {
			undo(current, ex);
			throw ex;
		}
	}

	// What can be written at once comes first: what gives up a delivery must not come
	// before its outcome, which has been waiting longer.
	private static void apply(List<Pending<?>> group, Session session, boolean collected) throws SQLException {
		for (Pending<?> pending : group) {
			if (pending.isCollected() == collected) {
				pending.apply(session);
			}
		}
	}

	// A full disk has made SQLite roll back already; what matters is why.
	private void undo(Session current, Throwable cause) {
		try {
			current.rollback();
		}
		catch (SQLException ex) {
			cause.addSuppressed(ex);
			discardSession();
		}
	}

	// No request pays for another one's data.
	private void writeOneByOne(List<Pending<?>> group, Throwable refusal) {
		if (group.size() > 1) {
			group.forEach((pending) -> write(List.of(pending)));
			return;
		}
		logger.error("A write was refused and undone: " + Reason.of(refusal));
		group.get(0).fail(new InboxUnavailableException("The write was refused and undone.", refusal));
	}

	private void beginOutage(List<Pending<?>> group, SQLException cause) {
		findDamage(cause);
		Outage began = new Outage(this.clock.instant(), Reason.of(cause));
		if (this.outage == null) {
			this.outage = began;
			logger.error(report(began));
		}
		refuse(group, began);
		discardSession();
	}

	// Of a damaged database, whatever can still be written does not show that it is
	// whole.
	private void findDamage(SQLException cause) {
		DataDirectoryException found = this.database.damage(cause);
		if (found != null) {
			this.damage = found;
		}
	}

	private String report(Outage began) {
		DataDirectoryException found = this.damage;
		return (found != null) ? found.getMessage() + " Webhooks are answered with 503. " + found.action()
				: "The inbox cannot be written: " + began.reason()
						+ ". Webhooks are answered with 503 until it can; this is tried every second.";
	}

	private void recover(Outage current, List<Pending<?>> arrived) {
		refuse(arrived, current);
		long now = System.nanoTime();
		if (this.damage != null || now - this.lastProbe < PROBE_INTERVAL_NANOS) {
			return;
		}
		this.lastProbe = now;
		try {
			probe();
		}
		catch (SQLException ex) {
			failAgain(current, ex);
			return;
		}
		this.outage = null;
		logger.info("The inbox can be written again, after "
				+ Duration.between(current.since(), this.clock.instant()).toSeconds() + " s.");
		writeKept();
		this.observer.recovered(current);
	}

	private void failAgain(Outage current, SQLException cause) {
		discardSession();
		this.outage = new Outage(current.since(), Reason.of(cause));
		findDamage(cause);
		if (this.damage != null) {
			logger.error(report(this.outage));
			List<Pending<?>> waiting = List.copyOf(this.kept);
			this.kept.clear();
			refuse(waiting, this.outage);
		}
	}

	private void writeKept() {
		List<Pending<?>> waiting = List.copyOf(this.kept);
		this.kept.clear();
		if (!waiting.isEmpty()) {
			write(waiting);
		}
	}

	private void probe() throws SQLException {
		Session current = session();
		current.begin(false);
		current.prepare(this.database.probe()).executeUpdate();
		current.complete();
		tell(current.commit());
	}

	private Session session() throws SQLException {
		Session current = this.session;
		if (current == null) {
			current = new Session(this.database, this.subscriptions, this.handoff, this.clock);
			this.session = current;
		}
		return current;
	}

	private void refuse(List<Pending<?>> group, Outage current) {
		for (Pending<?> pending : group) {
			if (isWorthKeeping(pending)) {
				this.kept.add(pending);
			}
			else {
				pending.fail(unavailable(current));
			}
		}
	}

	// With damage, nothing is waited for any more. An outcome is kept even so: a delivery
	// whose outcome is refused runs again, and would do so without end.
	private boolean isWorthKeeping(Pending<?> pending) {
		return pending.isSure() && (this.damage == null || pending.isCollected());
	}

	private void discardSession() {
		try (Session discarded = this.session) {
			this.session = null;
		}
		catch (SQLException ex) {
			logger.debug("A broken connection could not be closed", ex);
		}
	}

	private void end() {
		this.closed = true;
		this.queue.drainTo(this.kept);
		this.kept.forEach((pending) -> pending.fail(closedInbox()));
		discardSession();
	}

	private InboxUnavailableException unavailable(Outage outage) {
		return new InboxUnavailableException("The inbox cannot be written: " + outage.reason(), this.damage);
	}

	private static InboxUnavailableException closedInbox() {
		return new InboxUnavailableException("The inbox is closed.", null);
	}

	/** Writes what is waiting and ends. */
	@Override
	public void close() throws InterruptedException {
		Pending<Boolean> last = new Pending<>((current) -> true, false);
		this.queue.add(last);
		this.closed = true;
		this.thread.join(CLOSE_MILLIS);
	}

}
