package io.pulsehook.inbox.commit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.pulsehook.failure.StackFrames;
import io.pulsehook.inbox.model.InboxUnavailableException;

/**
 * Fails the requests that have waited too long for their commit. All have the same
 * timeout, so that the oldest is late first and one thread that checks the oldest serves
 * all of them. A timer for each request took a tenth of its time.
 */
public final class Deadlines implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(Deadlines.class);

	/** No request waits longer than its timeout by more than this. */
	private static final long TICK_MILLIS = 25;

	private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

	private final long timeoutNanos;

	private final boolean together;

	private final LongSupplier nanoTime;

	private volatile boolean closed;

	private final Thread thread = new Thread(this::run, "pulsehook-deadlines");

	/**
	 * Creates deadlines.
	 * @param timeout how long a request waits for its commit
	 * @param together whether all requests are given up as soon as the oldest is late.
	 * Where a spool keeps what was given up, those that went on to wait could be stored
	 * in time, and so overtake older ones that lie in the spool.
	 */
	public Deadlines(Duration timeout, boolean together) {
		this(timeout, together, System::nanoTime);
	}

	Deadlines(Duration timeout, boolean together, LongSupplier nanoTime) {
		this.timeoutNanos = timeout.toNanos();
		this.together = together;
		this.nanoTime = nanoTime;
		this.thread.setDaemon(true);
		this.thread.start();
	}

	/** Fails a future when it is not done within the timeout from now on. */
	public void limit(CompletableFuture<?> future) {
		Waiting added = new Waiting(future, this.nanoTime.getAsLong());
		this.waiting.add(added);
		if (this.closed) {
			added.giveUp();
		}
	}

	private void run() {
		try {
			while (true) {
				Thread.sleep(TICK_MILLIS);
				check();
			}
		}
		catch (InterruptedException ex) {
			this.waiting.forEach(Waiting::giveUp);
		}
	}

	private void check() {
		try {
			giveUpLate(this.nanoTime.getAsLong());
		}
		catch (RuntimeException | Error ex) {
			// Go on: who is late now still is at the next check.
			logger.error("Requests that have waited too long for their commit could not be answered; this is tried "
					+ "again at once. " + StackFrames.of(ex));
		}
	}

	private void giveUpLate(long now) {
		Waiting oldest = this.waiting.peek();
		while (oldest != null && (oldest.isOver() || now - oldest.since() >= this.timeoutNanos)) {
			if (this.together && !oldest.isOver()) {
				giveUpNewestFirst();
			}
			oldest.giveUp();
			this.waiting.remove();
			oldest = this.waiting.peek();
		}
	}

	// The writer may take what waits at any moment. In this order it never finds one that
	// came later than one that was given up.
	private void giveUpNewestFirst() {
		List<Waiting> all = new ArrayList<>(this.waiting);
		Collections.reverse(all);
		all.forEach(Waiting::giveUp);
	}

	/** Fails all that still wait. */
	@Override
	public void close() {
		this.closed = true;
		this.thread.interrupt();
	}

	private record Waiting(CompletableFuture<?> future, long since) {

		boolean isOver() {
			return this.future.isDone();
		}

		void giveUp() {
			if (!isOver()) {
				this.future
					.completeExceptionally(new InboxUnavailableException("The commit did not return in time.", null));
			}
		}

	}

}
