package io.pulsehook.inbox.postgresql;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A connection of the application's pool that goes back as it came when it is closed:
 * open work is rolled back, and changed settings are restored. Pools do only some of
 * that, and restore no parameters of a session.
 */
interface BorrowedConnection extends Connection {

	/**
	 * Sets a parameter of the server for this session.
	 * @param parameter the name of the parameter
	 * @param value its value until the connection is closed
	 * @throws SQLException if the database fails
	 */
	void set(String parameter, String value) throws SQLException;

	@Override
	void close() throws SQLException;

}
