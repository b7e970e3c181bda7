package io.pulsehook.inbox.spool;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.InboxUnavailableException;

/**
 * A write that waits for its commit, and the future of whoever waits for it.
 *
 * @param <T> what the write returns once it is on disk
 */
final class SpoolTask<T> {

	private final CompletableFuture<T> future = new CompletableFuture<>();

	private final Duration patience;

	/** Is taken by the one who writes it, or by the one who gives it up. */
	private final AtomicReference<@Nullable SpoolWrite<T>> write;

	private @Nullable SpoolWrite<T> claimed;

	private @Nullable T result;

	/**
	 * Creates a task.
	 * @param write what is written
	 * @param patience how long it is waited for
	 */
	SpoolTask(SpoolWrite<T> write, Duration patience) {
		this.write = new AtomicReference<>(write);
		this.patience = patience;
	}

	/** Completes when the write is on disk, or fails if it is not. */
	CompletableFuture<T> future() {
		return this.future;
	}

	/**
	 * Claims the write for the one who writes it.
	 * @return {@code false} if it was given up
	 */
	boolean claim() {
		this.claimed = this.write.getAndSet(null);
		return this.claimed != null;
	}

	/** Writes what was claimed. */
	void apply(SpoolSession session) throws SQLException {
		SpoolWrite<T> current = this.claimed;
		if (current != null) {
			this.result = current.apply(session);
		}
	}

	void complete() {
		this.future.complete(this.result);
	}

	void fail(InboxUnavailableException ex) {
		this.future.completeExceptionally(ex);
	}

	/**
	 * Waits until the write is on disk. It is given up if that takes too long, unless it
	 * is being written.
	 * @throws InboxUnavailableException if nothing is known to be written
	 */
	T await() {
		return await(this.future);
	}

	/**
	 * Waits until the write is on disk and what depends on it is done.
	 * @param dependent what depends on the {@link #future()} of the write
	 * @return what that yields
	 * @throws InboxUnavailableException if nothing is known to be written
	 */
	<D> D await(CompletableFuture<D> dependent) {
		try {
			return dependent.get(this.patience.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (ExecutionException ex) {
			throw new InboxUnavailableException("Nothing was written into the spool.", ex.getCause());
		}
		catch (TimeoutException ex) {
			throw giveUp();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw giveUp();
		}
	}

	private InboxUnavailableException giveUp() {
		InboxUnavailableException late = new InboxUnavailableException("The spool did not write in time.", null);
		if (this.write.getAndSet(null) != null) {
			fail(late);
		}
		return late;
	}

}
