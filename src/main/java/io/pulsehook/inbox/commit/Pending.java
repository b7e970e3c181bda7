package io.pulsehook.inbox.commit;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.write.Transaction;
import io.pulsehook.inbox.write.Write;

/**
 * A write that waits for its group commit, and the future of whoever waits for it.
 *
 * @param <T> what the write returns once it is on disk
 */
final class Pending<T> {

	private final CompletableFuture<T> future = new CompletableFuture<>();

	private volatile @Nullable Write<T> write;

	private final boolean survivesOutage;

	private @Nullable T result;

	Pending(Write<T> write, boolean survivesOutage) {
		this.write = write;
		// Let go of the write of whoever gave up: a stalled disk holds the queue, and the
		// queue would hold the bodies in memory.
		this.future.whenComplete((result, ex) -> this.write = null);
		this.survivesOutage = survivesOutage;
	}

	CompletableFuture<T> future() {
		return this.future;
	}

	/** Whether it is kept through an outage and written afterwards. */
	boolean survivesOutage() {
		return this.survivesOutage;
	}

	boolean isDone() {
		return this.future.isDone();
	}

	/** Whether the write is {@linkplain Write#batched() batched} and still wanted. */
	boolean batched() {
		Write<T> current = this.write;
		return current != null && current.batched();
	}

	/**
	 * Whether the write {@linkplain Write#mayPrecedeTurn() may be applied early} and is
	 * still wanted.
	 */
	boolean mayPrecedeTurn() {
		Write<T> current = this.write;
		return current != null && current.mayPrecedeTurn();
	}

	/** Whether the write {@linkplain Write#mayLinger() may linger}. */
	boolean mayLinger() {
		Write<T> current = this.write;
		return current != null && current.mayLinger();
	}

	/** Writes, unless whoever waited has given up. */
	void apply(Transaction transaction) throws SQLException {
		Write<T> current = this.write;
		if (current != null) {
			this.result = current.apply(transaction);
		}
	}

	void complete() {
		this.future.complete(this.result);
	}

	void fail(InboxUnavailableException ex) {
		this.future.completeExceptionally(ex);
	}

}
