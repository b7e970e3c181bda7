package io.pulsehook.inbox.write;

import java.sql.SQLException;

/**
 * Something to be written in the next group commit. It may be applied several times, each
 * time in another transaction, until one of them is committed.
 *
 * @param <T> what it returns once it is on disk
 */
@FunctionalInterface
public interface Write<T> {

	T apply(Transaction transaction) throws SQLException;

	/**
	 * Whether it only adds itself to what the transaction writes in batches. The database
	 * recognizes such a write when it comes twice, so that it may be repeated after a
	 * commit of which nobody knows whether it succeeded.
	 */
	default boolean batched() {
		return false;
	}

	/**
	 * Whether it does nothing but add itself to those batches, so that it may be applied
	 * before it is this process's turn to write.
	 */
	default boolean mayPrecedeTurn() {
		return false;
	}

	/** Whether nobody waits for it, so that it may wait a moment for company. */
	default boolean mayLinger() {
		return false;
	}

}
