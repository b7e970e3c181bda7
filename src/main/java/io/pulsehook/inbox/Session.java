package io.pulsehook.inbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The writer's connection with its prepared statements, and the transaction on it.
 */
final class Session implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(Session.class);

	private final Connection connection;

	private final Map<String, PreparedStatement> statements = new HashMap<>();

	private final MinuteCounts counts = new MinuteCounts();

	private final List<AfterCommit> afterCommit = new ArrayList<>();

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

	// Runs a statement to its end; a prepared one would do a single step of a pragma.
	void execute(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.executeUpdate(sql);
		}
	}

	// The number that a query answers.
	long number(String sql) throws SQLException {
		try (ResultSet result = prepare(sql).executeQuery()) {
			return result.getLong(1);
		}
	}

	// To be done when this transaction is on disk, outside of any.
	void afterCommit(AfterCommit action) {
		this.afterCommit.add(action);
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
		if (!this.afterCommit.isEmpty()) {
			runAfterCommit();
		}
		return reset();
	}

	// Failures are not the transaction's any more: it is on disk.
	private void runAfterCommit() {
		try {
			this.connection.setAutoCommit(true);
			try {
				for (AfterCommit action : this.afterCommit) {
					action.run(this.connection);
				}
			}
			finally {
				this.connection.setAutoCommit(false);
			}
		}
		catch (SQLException ex) {
			logger.debug("What follows a commit failed", ex);
		}
	}

	void rollback() throws SQLException {
		reset();
		this.connection.rollback();
	}

	private Arrivals reset() {
		Arrivals brought = this.arrivals;
		this.arrivals = new Arrivals();
		this.counts.clear();
		this.afterCommit.clear();
		return brought;
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

	/** Something that cannot be done in a transaction. */
	@FunctionalInterface
	interface AfterCommit {

		void run(Connection connection) throws SQLException;

	}

}
