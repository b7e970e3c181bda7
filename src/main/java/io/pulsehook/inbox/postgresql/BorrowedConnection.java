package io.pulsehook.inbox.postgresql;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A connection of the application's pool, which goes back as it came when it is closed:
 * what was not committed is rolled back, and what was set here is set back. Many pools
 * see to some of that, and to none of the settings of a session.
 */
interface BorrowedConnection extends Connection {

	// Sets a parameter of the server's, for this session.
	void set(String parameter, String value) throws SQLException;

	@Override
	void close() throws SQLException;

}
