package io.pulsehook.inbox.spool;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Whether webhooks go into the spool. Many put bodies there at the same time, and nobody
 * does while it ends: otherwise a body could be left behind, or be overtaken by one that
 * the inbox stores already.
 */
final class Taking {

	private final ReadWriteLock lock = new ReentrantReadWriteLock();

	private final Runnable begun;

	private volatile @Nullable Instant since;

	/**
	 * Creates the switch, which is off.
	 * @param begun is run each time when it is turned on
	 */
	Taking(Runnable begun) {
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
		this.lock.readLock().lock();
		try {
			beginUnlessBegun(now);
			put.run();
		}
		finally {
			this.lock.readLock().unlock();
		}
	}

	private synchronized void beginUnlessBegun(Instant now) {
		if (this.since == null) {
			this.since = now;
			this.begun.run();
		}
	}

	/**
	 * Puts something into the spool unless webhooks go into the inbox.
	 * @param put puts it there
	 * @return {@code false} if they do, so that nothing was put
	 */
	boolean goOn(Runnable put) {
		if (this.since == null) {
			return false;
		}
		this.lock.readLock().lock();
		try {
			if (this.since == null) {
				return false;
			}
			put.run();
			return true;
		}
		finally {
			this.lock.readLock().unlock();
		}
	}

	/**
	 * Lets webhooks go into the inbox again. They wait meanwhile.
	 * @param patience how long whoever puts something is waited for
	 * @param rest drains what is left, and tells whether all of it is
	 * @return whether webhooks go into the inbox
	 */
	boolean end(Duration patience, BooleanSupplier rest) {
		if (!lockWithin(patience)) {
			return false;
		}
		try {
			boolean ends = rest.getAsBoolean();
			if (ends) {
				this.since = null;
			}
			return ends;
		}
		finally {
			this.lock.writeLock().unlock();
		}
	}

	private boolean lockWithin(Duration patience) {
		try {
			return this.lock.writeLock().tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			return false;
		}
	}

}
