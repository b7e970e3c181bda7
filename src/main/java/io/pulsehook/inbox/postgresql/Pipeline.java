package io.pulsehook.inbox.postgresql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

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

	private static final Log logger = LogFactory.getLog(Pipeline.class);

	/** Lets the timeouts of the server and of the driver come first. */
	private static final long MARGIN_MILLIS = 2_000;

	private final Session session;

	private final Duration timeout;

	private final List<BoundStatement> statements = new ArrayList<>();

	private final List<RowReader> readers = new ArrayList<>();

	private boolean large;

	/**
	 * Creates an empty pipeline.
	 * @param session the transaction
	 * @param timeout how long the server may take for one statement
	 */
	Pipeline(Session session, Duration timeout) {
		this.session = session;
		this.timeout = timeout;
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
	 * Adds a statement with parameters that may be larger than what is on its way to a
	 * server at once.
	 * @param statement the statement
	 * @param reader is given each row of its result
	 */
	void addLarge(BoundStatement statement, RowReader reader) {
		add(statement, reader);
		this.large = true;
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
		boolean hasRows = this.large ? executeInTime(together) : together.execute();
		for (RowReader reader : this.readers) {
			if (hasRows) {
				read(together, reader);
			}
			hasRows = together.getMoreResults();
		}
		// Each combination of statements is kept, and would keep what it last sent.
		together.clearParameters();
		this.statements.clear();
		this.readers.clear();
		this.large = false;
	}

	// The driver's own timeout is for the server's answer alone. A server that is frozen,
	// or gone with its machine, takes no more than fits on the way to it, and the driver
	// would wait for it to take the rest for as long as the operating system does. One
	// timeout is for the first statement, which waits for this process's turn, and one
	// for those that write.
	private boolean executeInTime(PreparedStatement together) throws SQLException {
		CompletableFuture<Boolean> executed = new CompletableFuture<>();
		executed.orTimeout(2 * this.timeout.toMillis() + MARGIN_MILLIS, TimeUnit.MILLISECONDS)
			.exceptionally((late) -> abort());
		try {
			return together.execute();
		}
		finally {
			executed.complete(true);
		}
	}

	private boolean abort() {
		try {
			this.session.connection().abort(Pipeline::runApart);
		}
		catch (SQLException ex) {
			logger.debug("A connection that hangs could not be ended", ex);
		}
		return false;
	}

	// Closing an encrypted connection waits for what is being sent on it. All timeouts of
	// this process share a thread, which that would hold up.
	private static void runApart(Runnable abort) {
		Thread thread = new Thread(abort, "pulsehook-abort");
		thread.setDaemon(true);
		thread.start();
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
