package io.pulsehook.inbox.write;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.InboxUnavailableException;

/**
 * A write that waits for its group commit, and whoever waits for it.
 *
 * @param <T> what the write tells once it is on disk
 */
final class Pending<T> {

	private final CompletableFuture<T> future = new CompletableFuture<>();

	private volatile @Nullable Write<T> write;

	private final boolean sure;

	private @Nullable T result;

	Pending(Write<T> write, boolean sure) {
		this.write = write;
		// Whoever gave up must not be kept in memory by a queue that a stalled disk
		// holds.
		this.future.whenComplete((result, ex) -> this.write = null);
		this.sure = sure;
	}

	CompletableFuture<T> future() {
		return this.future;
	}

	boolean survivesOutage() {
		return this.sure;
	}

	boolean isDone() {
		return this.future.isDone();
	}

	boolean batched() {
		Write<T> current = this.write;
		return current != null && current.batched();
	}

	boolean mayLinger() {
		Write<T> current = this.write;
		return current != null && current.mayLinger();
	}

	// Writes, unless whoever waited has given up.
	void apply(Session session) throws SQLException {
		Write<T> current = this.write;
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

}
