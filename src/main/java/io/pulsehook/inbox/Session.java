package io.pulsehook.inbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * The writer's connection with its prepared statements, and the transaction on it.
 */
final class Session implements AutoCloseable {

	private final Connection connection;

	private final Map<String, PreparedStatement> statements = new HashMap<>();

	private final MinuteCounts counts = new MinuteCounts();

	private Arrivals arrivals = new Arrivals();

	Session(Connection connection) throws SQLException {
		this.connection = connection;
		connection.setAutoCommit(false);
	}

	// The statement for this SQL, prepared once.
	PreparedStatement prepare(String sql) throws SQLException {
		PreparedStatement statement = this.statements.get(sql);
		if (statement == null) {
			statement = this.connection.prepareStatement(sql);
			this.statements.put(sql, statement);
		}
		return statement;
	}

	// What arrived in this transaction, to be counted with it.
	MinuteCounts counts() {
		return this.counts;
	}

	// What this transaction brought, to be told once it is on disk.
	Arrivals arrivals() {
		return this.arrivals;
	}

	// Returns when all of the transaction is on disk, with what it brought.
	Arrivals commit() throws SQLException {
		this.counts.flush(this);
		this.connection.commit();
		return reset();
	}

	void rollback() throws SQLException {
		reset();
		this.connection.rollback();
	}

	private Arrivals reset() {
		Arrivals brought = this.arrivals;
		this.arrivals = new Arrivals();
		this.counts.clear();
		return brought;
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

}
