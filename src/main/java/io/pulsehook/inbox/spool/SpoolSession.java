package io.pulsehook.inbox.spool;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The connection that the spool is written on, and the statements that were prepared on
 * it.
 */
final class SpoolSession implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(SpoolSession.class);

	private static final int TRUNCATION_MILLIS = 100;

	private static final int BUSY_MILLIS = 10_000;

	private final Connection connection;

	private final Map<String, PreparedStatement> statements = new HashMap<>();

	private boolean truncates;

	SpoolSession(Connection connection) throws SQLException {
		this.connection = connection;
		connection.setAutoCommit(false);
	}

	/** Prepares a statement, or returns the one that was prepared before. */
	PreparedStatement prepare(String sql) throws SQLException {
		PreparedStatement statement = this.statements.get(sql);
		if (statement == null) {
			statement = this.connection.prepareStatement(sql);
			this.statements.put(sql, statement);
		}
		return statement;
	}

	void execute(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.executeUpdate(sql);
		}
	}

	long number(String sql) throws SQLException {
		try (ResultSet row = prepare(sql).executeQuery()) {
			row.next();
			return row.getLong(1);
		}
	}

	/** Empties the log after the next commit. It still has what was deleted. */
	void truncateLogAfterCommit() {
		this.truncates = true;
	}

	/** Commits, and returns when all that was written is on disk. */
	void commit() throws SQLException {
		this.connection.commit();
		if (this.truncates) {
			this.truncates = false;
			truncateLog();
		}
	}

	// What was committed stands if the log cannot be truncated, as on a full disk.
	private void truncateLog() {
		try {
			truncateLogUnlessRead();
		}
		catch (SQLException ex) {
			logger.debug("The log of the spool could not be truncated", ex);
		}
	}

	// Truncating waits for readers, and webhooks wait meanwhile: not longer than a
	// moment. The log is left as it is if somebody still reads it.
	private void truncateLogUnlessRead() throws SQLException {
		execute("pragma busy_timeout = " + TRUNCATION_MILLIS);
		try (Statement statement = this.connection.createStatement()) {
			statement.executeQuery("pragma wal_checkpoint(truncate)").close();
		}
		finally {
			execute("pragma busy_timeout = " + BUSY_MILLIS);
		}
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

}
