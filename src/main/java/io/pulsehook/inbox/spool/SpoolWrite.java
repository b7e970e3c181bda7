package io.pulsehook.inbox.spool;

import java.sql.SQLException;

/**
 * A write to the file of the spool, which shares its commit with others.
 *
 * @param <T> what it returns once it is on disk
 */
@FunctionalInterface
interface SpoolWrite<T> {

	/**
	 * Writes.
	 * @param session the transaction
	 * @return what is handed to whoever waits for the commit
	 * @throws SQLException if the file cannot be written
	 */
	T apply(SpoolSession session) throws SQLException;

}
