package io.pulsehook.inbox.write;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.pulsehook.failure.Frames;
import io.pulsehook.inbox.model.InboxUnavailableException;

/**
 * Gives up on requests that wait too long for their commit. All are as patient, so that
 * who began first is late first, and a look at the oldest now and then serves all of
 * them: a timer for each, set and cancelled, took a tenth of a request's time.
 */
public final class Deadlines implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(Deadlines.class);

	/** How exactly a deadline is kept. */
	private static final long TICK_MILLIS = 25;

	private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

	private final long patienceNanos;

	private final LongSupplier nanoTime;

	private volatile boolean closed;

	private final Thread thread = new Thread(this::run, "pulsehook-deadlines");

	public Deadlines(Duration patience) {
		this(patience, System::nanoTime);
	}

	public Deadlines(Duration patience, LongSupplier nanoTime) {
		this.patienceNanos = patience.toNanos();
		this.nanoTime = nanoTime;
		this.thread.setDaemon(true);
		this.thread.start();
	}

	// From now on, and no longer than all others.
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
				look();
			}
		}
		catch (InterruptedException ex) {
			this.waiting.forEach(Waiting::giveUp);
		}
	}

	private void look() {
		try {
			giveUpLate(this.nanoTime.getAsLong());
		}
		catch (RuntimeException | Error ex) {
			// Whoever is late still is at the next look, which must come.
			logger.error(
					"Requests that wait too long could not be given up; the next look tries again. " + Frames.of(ex));
		}
	}

	private void giveUpLate(long now) {
		Waiting oldest = this.waiting.peek();
		while (oldest != null && (oldest.isOver() || now - oldest.since() >= this.patienceNanos)) {
			oldest.giveUp();
			this.waiting.remove();
			oldest = this.waiting.peek();
		}
	}

	/** Gives up on all that still wait. */
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
