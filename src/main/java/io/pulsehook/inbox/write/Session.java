package io.pulsehook.inbox.write;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;

/**
 * The writer's connection, with its prepared statements and the time of the transaction
 * that runs on it.
 */
public interface Session {

	/** When the transaction began: the time of everything that it writes. */
	Instant now();

	Connection connection();

	/**
	 * Prepares a statement once for as long as the connection lasts. Nobody else may
	 * close it.
	 */
	PreparedStatement prepare(String sql) throws SQLException;

	/**
	 * Runs a statement to its end, as a pragma needs it: a prepared statement would make
	 * a single step of it.
	 */
	void execute(String sql) throws SQLException;

	/** Runs a query that answers one number. */
	long number(String sql) throws SQLException;

}
