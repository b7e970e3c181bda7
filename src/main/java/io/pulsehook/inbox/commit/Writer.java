package io.pulsehook.inbox.commit;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.Arrivals;
import io.pulsehook.inbox.model.InboxListener;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.model.Outage;
import io.pulsehook.inbox.write.Dialect;
import io.pulsehook.inbox.write.Subscriptions;
import io.pulsehook.inbox.write.Write;
import io.pulsehook.threads.CoreThreads;
import io.pulsehook.threads.GuardedLoop;
import io.pulsehook.threads.Turn;

/**
 * The one thread that writes. It takes everything that waits as one group, and answers
 * each write only when the commit of that group is on disk.
 */
public final class Writer implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(Writer.class);

	private static final Duration PROBE_INTERVAL = Duration.ofSeconds(1);

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

	private final WaitingWrites waiting = new WaitingWrites();

	/**
	 * The writes that this turn has to answer, touched by the writer's thread alone. Its
	 * room is allocated first, so that taking them from the queue needs no memory.
	 */
	private final List<Pending<?>> group = new ArrayList<>(WaitingWrites.GROUP_LIMIT);

	private final Transactions transactions;

	private final Availability availability;

	private final GroupCommit commits;

	private final Recovery recovery;

	private final CoreThreads threads;

	private final boolean mayBeAway;

	private final GuardedLoop loop;

	private volatile Duration probeInterval = PROBE_INTERVAL;

	private volatile boolean closed;

	/** Whether nobody takes anything from the queue any more. */
	private volatile boolean ended;

	/**
	 * Starts the thread. If the database is away, the outage has begun when this returns,
	 * so that nobody waits to find that out.
	 * @param listener is told, on that thread, of what each commit brought
	 */
	public Writer(Dialect dialect, Subscriptions subscriptions, Prefetch prefetch, Consumer<Arrivals> listener,
			InboxListener observer, InstantSource clock, CoreThreads threads) {
		this.transactions = new Transactions(dialect, subscriptions, prefetch, clock);
		this.availability = new Availability(dialect, clock);
		this.commits = new GroupCommit(dialect, this.transactions, this.availability, prefetch, listener, observer);
		this.recovery = new Recovery(this.availability, this.commits, this.transactions, clock, observer,
				PROBE_INTERVAL);
		this.threads = threads;
		this.mayBeAway = dialect.mayBeAway();
		Throwable away = dialect.away();
		if (away != null) {
			this.commits.beginOutage(List.of(), away);
		}
		this.loop = GuardedLoop.vital("pulsehook-writer", new Turns(), threads).start();
	}

	/** Sets how often an outage is tried to be ended, which a test need not wait for. */
	void probeEvery(Duration interval) {
		this.probeInterval = interval;
		this.recovery.probeEvery(interval);
	}

	/** Where this thread is watched, and others may be watched with it. */
	public CoreThreads threads() {
		return this.threads;
	}

	/**
	 * Whether this process does not wait for a database that is away, since something
	 * else keeps what arrives.
	 */
	public boolean mayBeAway() {
		return this.mayBeAway;
	}

	/** Since when and why nothing can be written, or {@code null} when all is well. */
	public @Nullable Outage outage() {
		return this.availability.outage();
	}

	/**
	 * Writes in the next group.
	 * @return fails at once during an outage. If it is cancelled before its turn, nothing
	 * is written.
	 */
	public <T> CompletableFuture<T> submit(Write<T> write) {
		Outage current = outage();
		if (current != null) {
			return CompletableFuture.failedFuture(this.availability.unavailable(current));
		}
		return enqueue(new Pending<>(write, false));
	}

	/** Writes in the next group, or after the outage if there is one. */
	public <T> CompletableFuture<T> submitSurely(Write<T> write) {
		return enqueue(new Pending<>(write, true));
	}

	/**
	 * Writes in the next group and returns when that is on disk.
	 * @throws InboxUnavailableException if nothing was written
	 */
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
		this.waiting.add(pending);
		// The thread may have ended since the first check, without having seen it.
		if (this.ended) {
			pending.fail(closedInbox());
		}
		return pending.future();
	}

	// Each write that was taken gets its answer, whatever is thrown. If this turn has no
	// memory for an answer, the group stays as it is and the next turn gives it.
	private Duration takeTurn() {
		if (!this.group.isEmpty()) {
			this.availability.refuse(this.group, "The writer failed");
			this.group.clear();
		}
		try {
			takeGroup();
			work();
		}
		catch (RuntimeException | Error ex) {
			this.commits.beginOutage(this.group, ex);
			this.group.clear();
			throw ex;
		}
		this.group.clear();
		return Duration.ZERO;
	}

	private void work() {
		Outage current = outage();
		if (current != null) {
			this.recovery.recover(current, this.group);
		}
		else if (this.group.isEmpty()) {
			this.commits.writeNothingIfNeeded();
		}
		else if (!this.commits.writeAll(this.group)) {
			this.recovery.postpone();
		}
	}

	// Nobody here interrupts this thread: whoever did, what was taken before is written.
	private void takeGroup() {
		try {
			this.waiting.takeGroup(this.group, this.probeInterval.toNanos(), this.commits.gathersUntil());
		}
		catch (InterruptedException ex) {
			logger.debug("The writer was interrupted and goes on");
		}
	}

	private void end() {
		if (!this.closed) {
			this.availability.end();
		}
		this.closed = true;
		this.ended = true;
		this.availability.moveKeptTo(this.group);
		this.waiting.drainTo(this.group);
		this.group.forEach((pending) -> pending.fail(closedInbox()));
		this.transactions.disconnect();
	}

	private static InboxUnavailableException closedInbox() {
		return new InboxUnavailableException("The inbox is closed.", null);
	}

	/** Writes what is waiting and ends. */
	@Override
	public void close() throws InterruptedException {
		// An empty write wakes the thread, which may wait for one.
		Pending<Boolean> last = new Pending<>((transaction) -> true, false);
		this.waiting.add(last);
		this.closed = true;
		this.loop.stop();
		this.loop.awaitEnd(CLOSE_TIMEOUT);
	}

	/** What the thread does. */
	private final class Turns implements Turn {

		@Override
		public Duration take(GuardedLoop self) {
			return takeTurn();
		}

		@Override
		public boolean hasMore() {
			return !Writer.this.waiting.isEmpty() || !Writer.this.group.isEmpty();
		}

		@Override
		public void end() {
			Writer.this.end();
		}

	}

}
