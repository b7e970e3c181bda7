package io.pulsehook.inbox.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;

/**
 * Opens the connection that everything is written on, with the settings of its session.
 */
final class WriterConnection {

	/**
	 * How long a writer that was stopped within a transaction keeps the others waiting.
	 */
	static final Duration IDLE_IN_TRANSACTION = Duration.ofSeconds(2);

	private WriterConnection() {
	}

	static BorrowedConnection open(BoundedDataSource dataSource, Duration timeout) throws SQLException {
		BorrowedConnection connection = dataSource.getConnection();
		try {
			configure(connection, timeout);
			return connection;
		}
		catch (SQLException ex) {
			try (connection) {
				throw ex;
			}
		}
	}

	private static void configure(BorrowedConnection connection, Duration timeout) throws SQLException {
		connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
		String commit = String.valueOf(PostgresqlSchema.setting(connection, "synchronous_commit"));
		if (Set.of("off", "local").contains(commit)) {
			connection.set("synchronous_commit", "on");
		}
		connection.set("statement_timeout", Long.toString(timeout.toMillis()));
		// Planning a statement with arrays for its parameters costs more than the better
		// plan saves, so each is planned once.
		connection.set("plan_cache_mode", "force_generic_plan");
		// That may be while the tables are empty, when reading a whole table looks best,
		// which is never right later.
		connection.set("enable_seqscan", "off");
		// Where reading the whole table is the only way, as for a table with one row,
		// that setting makes the plan look so expensive that the server would compile it.
		connection.set("jit", "off");
		connection.set("idle_in_transaction_session_timeout", Long.toString(IDLE_IN_TRANSACTION.toMillis()));
	}

}
