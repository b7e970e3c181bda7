package io.pulsehook.inbox.spool;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Whether webhooks go into the spool. Many put bodies there at the same time, and nobody
 * does while it ends: otherwise a body could be left behind, or be overtaken by one that
 * the inbox stores already. Whoever has waited for the end for too long keeps it from
 * coming, so that nobody waits for a database that is slow or away again.
 */
final class Taking {

	private final Duration patience;

	private final Runnable begun;

	private volatile @Nullable Instant since;

	/** How many put something at this moment. */
	private int putting;

	/** Who lets it end, or {@code null} if nobody does, or not any more. */
	private @Nullable Thread ending;

	/**
	 * Creates the switch, which is off.
	 * @param patience how long whoever puts something waits for the end
	 * @param begun is run each time when it is turned on
	 */
	Taking(Duration patience, Runnable begun) {
		this.patience = patience;
		this.begun = begun;
	}

	/** Since when webhooks go into the spool, or {@code null} if they do not. */
	@Nullable Instant since() {
		return this.since;
	}

	/** Begins without anybody being told, since it was so when the last process ended. */
	void resume(Instant now) {
		this.since = now;
	}

	/**
	 * Puts something into the spool, and begins if that is not so already.
	 * @param now the present time
	 * @param put puts it there
	 */
	void begin(Instant now, Runnable put) {
		enter(now);
		try {
			put.run();
		}
		finally {
			leave();
		}
	}

	// What the inbox did not store has waited already, and shows that this is no time to
	// end.
	private synchronized void enter(Instant now) {
		stopEnding();
		if (this.since == null) {
			this.since = now;
			this.begun.run();
		}
		this.putting++;
	}

	/**
	 * Puts something into the spool unless webhooks go into the inbox.
	 * @param put puts it there
	 * @return {@code false} if they do, so that nothing was put
	 */
	boolean goOn(Runnable put) {
		if (this.since == null || !enterUnlessEnded()) {
			return false;
		}
		try {
			put.run();
			return true;
		}
		finally {
			leave();
		}
	}

	private synchronized boolean enterUnlessEnded() {
		awaitEnd();
		if (this.since == null) {
			return false;
		}
		this.putting++;
		return true;
	}

	private synchronized void awaitEnd() {
		long until = System.nanoTime() + this.patience.toNanos();
		while (this.ending != null) {
			if (!isNotifiedBefore(until)) {
				stopEnding();
			}
		}
	}

	private synchronized void leave() {
		this.putting--;
		if (this.putting == 0) {
			notifyAll();
		}
	}

	/**
	 * Lets webhooks go into the inbox again. They wait meanwhile.
	 * @param patience how long whoever puts something is waited for
	 * @param rest drains what is left, and tells whether all of it is
	 * @return whether webhooks go into the inbox; {@code false} also if somebody could
	 * not wait any longer
	 */
	boolean end(Duration patience, BooleanSupplier rest) {
		try {
			return beginEnd(patience) && rest.getAsBoolean() && complete();
		}
		finally {
			giveUpEnding();
		}
	}

	private synchronized boolean beginEnd(Duration patience) {
		if (this.since == null || this.ending != null) {
			return false;
		}
		this.ending = Thread.currentThread();
		long until = System.nanoTime() + patience.toNanos();
		while (isEnding() && this.putting > 0) {
			if (!isNotifiedBefore(until)) {
				stopEnding();
			}
		}
		return isEnding();
	}

	private synchronized boolean complete() {
		boolean ends = isEnding();
		if (ends) {
			this.since = null;
		}
		return ends;
	}

	private synchronized void giveUpEnding() {
		if (isEnding()) {
			stopEnding();
		}
	}

	private synchronized boolean isEnding() {
		return this.ending == Thread.currentThread();
	}

	private synchronized void stopEnding() {
		this.ending = null;
		notifyAll();
	}

	private synchronized boolean isNotifiedBefore(long until) {
		long left = until - System.nanoTime();
		if (left <= 0) {
			return false;
		}
		try {
			TimeUnit.NANOSECONDS.timedWait(this, left);
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
