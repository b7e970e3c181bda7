package io.pulsehook.inbox.postgresql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.pulsehook.inbox.write.BoundStatement;
import io.pulsehook.inbox.write.Session;

/**
 * Statements that are sent to the server together and answered together, so that all of
 * them cost one round trip. The server runs them in their order, each sees what those
 * before it have written, and after one that fails it runs none of the others.
 * <p>
 * The driver asks the server in between, which costs further round trips, if the type of
 * a parameter is unknown or if a column of a result may be of any size: results here are
 * numbers. What returns many rows or takes large parameters belongs at the end. The
 * server stops reading while it cannot send its results, and the driver reads none before
 * it has sent everything, so that both would wait for ever.
 */
final class Pipeline {

	private final Session session;

	private final List<BoundStatement> statements = new ArrayList<>();

	private final List<RowReader> readers = new ArrayList<>();

	Pipeline(Session session) {
		this.session = session;
	}

	/**
	 * Adds a statement whose result nobody asks for.
	 * @param statement the statement
	 */
	void add(BoundStatement statement) {
		add(statement, (row) -> {
		});
	}

	/**
	 * Adds a statement.
	 * @param statement the statement
	 * @param reader is given each row of its result
	 */
	void add(BoundStatement statement, RowReader reader) {
		this.statements.add(statement);
		this.readers.add(reader);
	}

	/**
	 * Runs the statements that were added, and reads their results in the same order.
	 * @throws SQLException if one of them failed
	 */
	void run() throws SQLException {
		if (this.statements.isEmpty()) {
			return;
		}
		PreparedStatement together = this.session
			.prepare(this.statements.stream().map(BoundStatement::sql).collect(Collectors.joining(";\n")));
		int number = 1;
		for (BoundStatement statement : this.statements) {
			number = statement.bind(together, number);
		}
		boolean hasRows = together.execute();
		for (RowReader reader : this.readers) {
			if (hasRows) {
				read(together, reader);
			}
			hasRows = together.getMoreResults();
		}
		this.statements.clear();
		this.readers.clear();
	}

	private static void read(PreparedStatement together, RowReader reader) throws SQLException {
		try (ResultSet rows = together.getResultSet()) {
			while (rows.next()) {
				reader.read(rows);
			}
		}
	}

	/** Reads one row of a result. */
	@FunctionalInterface
	interface RowReader {

		void read(ResultSet row) throws SQLException;

	}

}
