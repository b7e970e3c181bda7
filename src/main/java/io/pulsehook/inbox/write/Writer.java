package io.pulsehook.inbox.write;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.pulsehook.failure.Frames;
import io.pulsehook.failure.Reason;
import io.pulsehook.inbox.model.Arrivals;
import io.pulsehook.inbox.model.DataDirectoryException;
import io.pulsehook.inbox.model.InboxListener;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.model.Outage;
import io.pulsehook.threads.CoreThreads;
import io.pulsehook.threads.GuardedLoop;

/**
 * The one thread that writes. It commits all that waits in one transaction, so that many
 * requests share one sync of the disk, and tells each only when that commit is on disk.
 */
public final class Writer implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(Writer.class);

	private static final int GROUP_LIMIT = 1_000;

	/** How long outcomes wait for something that is urgent. */
	private static final long COMPANY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private static final long PROBE_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

	/** What fails in less time than this has not waited for anybody. */
	private static final long CUT_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final String STATEMENT_TIMEOUT = "57014";

	private static final int MAX_CUTS = 20;

	/** So many writes that fail one after the other are not to blame each for itself. */
	private static final int FAILURES_OF_ALL = 2;

	private static final Duration CLOSE = Duration.ofSeconds(30);

	/** As long as a server that cannot keep announcements is not asked to. */
	private static final Duration QUIET = Duration.ofSeconds(10);

	private final BlockingQueue<Pending<?>> queue = new LinkedBlockingQueue<>();

	// What waits for the end of an outage, each once and in order.
	private final Set<Pending<?>> kept = new LinkedHashSet<>();

	// Of the writer's thread alone: what the turn has to answer. With room from the
	// beginning, so that taking it needs no memory.
	private final List<Pending<?>> group = new ArrayList<>(GROUP_LIMIT);

	private final Dialect database;

	private final Subscriptions subscriptions;

	private final Prefetch prefetch;

	private final InboxListener observer;

	private final Consumer<Arrivals> listener;

	private final InstantSource clock;

	private final CoreThreads threads;

	private final GuardedLoop loop;

	private volatile @Nullable Outage outage;

	// What ends the outage only with the process: no more is stored beside the damage.
	private volatile @Nullable DataDirectoryException damage;

	private volatile boolean closed;

	// Whether nobody takes anything from the queue any more.
	private volatile boolean ended;

	private @Nullable Session session;

	// Whether what failed last may have been committed all the same.
	private boolean inDoubt;

	// Whether it was this process's turn when it failed.
	private boolean begun;

	// How many writes failed alone, by no fault of the database, since one was committed.
	private int failures;

	private @Nullable Throwable lastFailure;

	// When commits may be announced again, which the server refused.
	private @Nullable Long quietUntil;

	private long lastProbe;

	private long lastWrite = System.nanoTime();

	public Writer(Dialect database, Subscriptions subscriptions, Prefetch prefetch, Consumer<Arrivals> listener,
			InboxListener observer, InstantSource clock, CoreThreads threads) {
		this.database = database;
		this.subscriptions = subscriptions;
		this.prefetch = prefetch;
		this.listener = listener;
		this.observer = observer;
		this.clock = clock;
		this.threads = threads;
		this.loop = GuardedLoop.vital("pulsehook-writer", new Turns(), threads).start();
	}

	// Where it is told whether this thread lives, and others may be watched.
	public CoreThreads threads() {
		return this.threads;
	}

	// Since when and why nothing can be written, or null when all is well.
	public @Nullable Outage outage() {
		return this.outage;
	}

	// Writes in the next group. During an outage the future fails at once; a cancelled
	// one is not written if its turn has not come.
	public <T> CompletableFuture<T> submit(Write<T> write) {
		Outage current = this.outage;
		if (current != null) {
			return CompletableFuture.failedFuture(unavailable(current));
		}
		return enqueue(new Pending<>(write, false));
	}

	// Writes in the next group, or after the outage if there is one.
	public <T> CompletableFuture<T> submitSurely(Write<T> write) {
		return enqueue(new Pending<>(write, true));
	}

	// Writes in the next group and returns when that is on disk.
	public <T> T submitAndWait(Write<T> write) {
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
		if (this.ended) {
			pending.fail(closedInbox());
		}
		return pending.future();
	}

	// Whatever is thrown, each write that was taken gets its answer: an answer that this
	// turn has no memory for is given by the next one.
	private Duration takeTurn() {
		refuseWhatIsLeft();
		try {
			takeGroup();
			work();
		}
		catch (RuntimeException | Error ex) {
			beginOutage(this.group, ex);
			this.group.clear();
			throw ex;
		}
		this.group.clear();
		return Duration.ZERO;
	}

	private void refuseWhatIsLeft() {
		if (!this.group.isEmpty()) {
			Outage current = this.outage;
			refuse(this.group, (current != null) ? current : new Outage(this.clock.instant(), "The writer failed"));
			this.group.clear();
		}
	}

	private void work() {
		if (this.outage != null) {
			recover(this.outage, this.group);
		}
		else if (!this.group.isEmpty() || wasIdleForLong() || this.prefetch.hasRejected()) {
			writeAll(this.group);
		}
	}

	// When nothing can be written and the database is not to blame, this code is, and the
	// outage lets health tell. It lasts until the next probe.
	private void writeAll(List<Pending<?>> group) {
		int before = this.failures;
		write(group);
		Throwable failure = this.lastFailure;
		if (failure != null && this.outage == null && this.failures > before
				&& this.failures >= Math.max(FAILURES_OF_ALL, group.size())) {
			this.lastProbe = System.nanoTime();
			beginOutage(List.of(), failure);
		}
	}

	// An empty write tells whether the way to a server, or a file, is still there: else
	// the first webhook after a quiet time would have to find out.
	private boolean wasIdleForLong() {
		return System.nanoTime() - this.lastWrite >= this.database.idleLimit().toNanos();
	}

	// A commit of outcomes alone would keep the next request waiting for a sync of the
	// disk that it could have shared. An interruption is none of this house's: what was
	// taken before it is written.
	private void takeGroup() {
		try {
			boolean came = take(PROBE_INTERVAL_NANOS);
			long end = System.nanoTime() + COMPANY_NANOS;
			while (came && this.group.size() < GROUP_LIMIT && this.group.stream().allMatch(Pending::mayLinger)) {
				came = take(end - System.nanoTime());
			}
		}
		catch (InterruptedException ex) {
			logger.debug("The writer was interrupted and goes on");
		}
	}

	// Adds what is there, or what comes first in so long; returns whether anything did.
	private boolean take(long nanos) throws InterruptedException {
		Pending<?> first = this.queue.poll(nanos, TimeUnit.NANOSECONDS);
		if (first == null) {
			return false;
		}
		this.group.add(first);
		this.queue.drainTo(this.group, GROUP_LIMIT - this.group.size());
		return true;
	}

	private void write(List<Pending<?>> group) {
		long began = System.nanoTime();
		this.lastWrite = began;
		Arrivals arrivals;
		try {
			arrivals = commitAnnounced(group);
		}
		catch (SQLException | RuntimeException | Error ex) {
			failed(group, ex);
			return;
		}
		group.forEach(Pending::complete);
		if (!group.isEmpty()) {
			this.failures = 0;
			this.lastFailure = null;
			this.observer.committed(group.size(), Duration.ofNanos(System.nanoTime() - began));
		}
		tell(arrivals);
	}

	// What was committed stands: whoever cannot be told of it finds it in the database.
	private void tell(Arrivals arrivals) {
		try {
			if (!arrivals.isEmpty()) {
				this.listener.accept(arrivals);
			}
		}
		catch (RuntimeException | Error ex) {
			this.prefetch.reject(arrivals.handedOver());
			logger.error("What a commit brought could not be told of, and is begun somewhat later. " + Frames.of(ex));
		}
	}

	// Nobody's data is to blame for what fails without any, or before there is a
	// transaction.
	private void failed(List<Pending<?>> group, Throwable cause) {
		if (group.isEmpty() || !this.begun) {
			beginOutage(group, cause);
		}
		else if (!(cause instanceof SQLException ex)) {
			failedByItself(group, cause);
		}
		else if (this.database.refusesData(ex)) {
			divide(group, cause);
		}
		else if (isSlowByItself(group, ex)) {
			writeCollectedFirst(group, ex);
		}
		else {
			beginOutage(group, ex);
		}
	}

	// What the database did not say is the fault of this code, and of one write or all. A
	// group that may have been committed is not written again to find out.
	private void failedByItself(List<Pending<?>> group, Throwable cause) {
		if (this.inDoubt) {
			beginOutage(group, cause);
		}
		else {
			divide(group, cause);
		}
	}

	// What an operator or housekeeping asked for can take too long while the database is
	// well.
	private boolean isSlowByItself(List<Pending<?>> group, SQLException ex) {
		return STATEMENT_TIMEOUT.equals(ex.getSQLState()) && !group.stream().allMatch(Pending::batched);
	}

	// The server has no room for what it is to tell other replicas, and refuses a commit
	// for that: they look for themselves now and then.
	private Arrivals commitAnnounced(List<Pending<?>> group) throws SQLException {
		try {
			return commitAgainIfCut(group);
		}
		catch (SQLException ex) {
			if (!this.inDoubt || !announces() || !this.database.refusesAnnouncement(ex)) {
				throw ex;
			}
			logger.warn("The server cannot keep what is announced to other replicas: " + Reason.of(ex) + ". For "
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
		return !this.inDoubt || group.stream().allMatch(Pending::batched);
	}

	private Arrivals commit(List<Pending<?>> group) throws SQLException {
		this.inDoubt = false;
		this.begun = false;
		Session current = session();
		try {
			// Not beside what an operator asked for, which it could not take into
			// account.
			current.begin(group.stream().allMatch(Pending::batched));
			this.begun = true;
			apply(group, current, true);
			current.flush();
			apply(group, current, false);
			current.complete(announces());
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
			if (pending.batched() == collected) {
				pending.apply(session);
			}
		}
	}

	// A full disk has made SQLite roll back already; what matters is why.
	private void undo(Session current, Throwable cause) {
		try {
			current.rollback();
		}
		catch (SQLException | RuntimeException | Error ex) {
			cause.addSuppressed(ex);
			discardSession();
		}
	}

	// No request pays for another one's data: half of them at a time, what is refused is
	// found within few commits.
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
		logger.error("A write was refused and undone: " + Reason.of(refusal));
		group.get(0).fail(new InboxUnavailableException("The write was refused and undone.", refusal));
	}

	// What a request waits for shares a commit once more. The rest is to show one after
	// the other which of it takes too long.
	private void writeCollectedFirst(List<Pending<?>> group, SQLException timeout) {
		if (group.size() == 1) {
			divide(group, timeout);
			return;
		}
		// Once they are written, none of them is told from the others.
		List<Pending<?>> others = new ArrayList<>(group);
		others.removeIf(Pending::batched);
		List<Pending<?>> collected = new ArrayList<>(group);
		collected.removeAll(others);
		writeUnlessOut(collected);
		others.forEach((pending) -> writeUnlessOut(List.of(pending)));
	}

	// An outage that one of them begins is one for all that come after it.
	private void writeUnlessOut(List<Pending<?>> group) {
		Outage current = this.outage;
		if (current != null) {
			refuse(group, current);
		}
		else if (!group.isEmpty()) {
			write(group);
		}
	}

	private void beginOutage(List<Pending<?>> group, Throwable cause) {
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
	private void findDamage(Throwable cause) {
		DataDirectoryException found = (cause instanceof SQLException ex) ? this.database.damage(ex) : null;
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
		catch (SQLException | RuntimeException | Error ex) {
			failAgain(current, ex);
			return;
		}
		this.outage = null;
		logger.info("The inbox can be written again, after "
				+ Duration.between(current.since(), this.clock.instant()).toSeconds() + " s.");
		writeKept();
		this.observer.recovered(current);
	}

	private void failAgain(Outage current, Throwable cause) {
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

	// As the group of this turn, which is answered whatever happens.
	private void writeKept() {
		this.group.clear();
		this.group.addAll(this.kept);
		this.kept.clear();
		if (!this.group.isEmpty()) {
			writeAll(this.group);
		}
	}

	// Announces nothing, since an outage has to end although the server cannot keep any
	// announcement: replicas find by themselves what this lets go.
	private void probe() throws SQLException {
		Session current = session();
		current.begin(false);
		current.prepare(this.database.probe()).executeUpdate();
		current.complete(false);
		tell(current.commit());
	}

	private Session session() throws SQLException {
		Session current = this.session;
		if (current == null) {
			current = new Session(this.database, this.subscriptions, this.prefetch, this.clock);
			this.session = current;
		}
		return current;
	}

	private void refuse(List<Pending<?>> group, Outage current) {
		for (Pending<?> pending : group) {
			if (pending.isDone()) {
				continue;
			}
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
		return pending.survivesOutage() && (this.damage == null || pending.batched());
	}

	private void discardSession() {
		try (Session discarded = this.session) {
			this.session = null;
		}
		catch (SQLException | RuntimeException ex) {
			logger.debug("A broken connection could not be closed", ex);
		}
	}

	private void end() {
		if (!this.closed) {
			this.outage = new Outage(this.clock.instant(), "The thread that writes has ended");
		}
		this.closed = true;
		this.ended = true;
		this.queue.drainTo(this.kept);
		this.kept.addAll(this.group);
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
		this.loop.stop();
		this.loop.awaitEnd(CLOSE);
	}

	/** What the thread does. */
	private final class Turns implements GuardedLoop.Turn {

		@Override
		public Duration take(GuardedLoop self) {
			return takeTurn();
		}

		@Override
		public boolean hasMore() {
			return !Writer.this.queue.isEmpty() || !Writer.this.group.isEmpty();
		}

		@Override
		public void end() {
			Writer.this.end();
		}

	}

}
