package io.pulsehook.inbox.commit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

import io.pulsehook.inbox.write.Session;

/**
 * Keeps a connection, the statements that were prepared on it and the clock.
 */
final class JdbcSession implements Session, AutoCloseable {

	private final Connection connection;

	private final InstantSource clock;

	private final Map<String, PreparedStatement> statements = new HashMap<>();

	private Instant now;

	JdbcSession(Connection connection, InstantSource clock) throws SQLException {
		this.connection = connection;
		this.clock = clock;
		this.now = clock.instant();
		connection.setAutoCommit(false);
	}

	/** Reads the clock for the transaction that has just begun. */
	void readClock() {
		this.now = this.clock.instant();
	}

	@Override
	public Instant now() {
		return this.now;
	}

	@Override
	public Connection connection() {
		return this.connection;
	}

	@Override
	public PreparedStatement prepare(String sql) throws SQLException {
		PreparedStatement statement = this.statements.get(sql);
		if (statement == null) {
			statement = this.connection.prepareStatement(sql);
			this.statements.put(sql, statement);
		}
		return statement;
	}

	@Override
	public void execute(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.executeUpdate(sql);
		}
	}

	@Override
	public long number(String sql) throws SQLException {
		try (ResultSet result = prepare(sql).executeQuery()) {
			result.next();
			return result.getLong(1);
		}
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

}
