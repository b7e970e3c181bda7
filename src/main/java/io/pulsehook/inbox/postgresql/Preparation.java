package io.pulsehook.inbox.postgresql;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import io.pulsehook.failure.DatabaseErrors;
import io.pulsehook.inbox.model.UnsupportedDatabaseException;
import io.pulsehook.inbox.replica.DatabaseClock;

/**
 * Makes the database ready for use when it is first reached, which may be long after the
 * start. Until then the writer alone connects to it. Anybody else would find the tables
 * of a former version or none at all, and would wait for a server that does not answer.
 */
final class Preparation {

	private static final Log logger = LogFactory.getLog(Preparation.class);

	private final DataSource dataSource;

	private final BoundedDataSource bounded;

	private final DatabaseClock clock;

	private final boolean mayBeAway;

	private volatile @Nullable Throwable away;

	private volatile boolean done;

	/** What was logged last, so that it is not repeated every second. */
	private String told = "";

	/**
	 * Creates what has prepared nothing yet.
	 * @param dataSource leads to the database
	 * @param bounded leads there too, with connections that do not wait for ever
	 * @param clock is set by the server's
	 * @param mayBeAway whether the server may be away at the start
	 */
	Preparation(DataSource dataSource, BoundedDataSource bounded, DatabaseClock clock, boolean mayBeAway) {
		this.dataSource = dataSource;
		this.bounded = bounded;
		this.clock = clock;
		this.mayBeAway = mayBeAway;
	}

	/**
	 * Prepares the database at the start, or leaves it to the writer if the server is
	 * away and may be.
	 * @throws UnsupportedDatabaseException if the database cannot be used
	 */
	void begin() {
		try {
			run();
		}
		catch (SQLException | FlywayException ex) {
			if (!this.mayBeAway || !PostgresqlErrors.isAway(ex)) {
				throw UnsupportedDatabaseException.unreachable(ex);
			}
			logger.warn("The start goes on without the database: " + DatabaseErrors.of(ex)
					+ ". Its tables are brought up to date, and handlers begin, when it is back.");
			this.away = ex;
		}
	}

	private void run() throws SQLException {
		PostgresqlSchema.prepare(this.dataSource, this.bounded);
		try (Connection connection = this.bounded.getConnection()) {
			this.clock.read(connection);
		}
		this.done = true;
	}

	boolean mayBeAway() {
		return this.mayBeAway;
	}

	/** Why the server was away at the start, or {@code null} if it was not. */
	@Nullable Throwable away() {
		return this.away;
	}

	/**
	 * Prepares the database unless that was done. To be called by the writer's thread,
	 * which tries again after an exception.
	 * @throws SQLException if the database fails
	 */
	void ensure() throws SQLException {
		if (this.done) {
			return;
		}
		try {
			run();
		}
		catch (SQLException | FlywayException | UnsupportedDatabaseException ex) {
			if (!PostgresqlErrors.isAway(ex)) {
				tell((ex instanceof UnsupportedDatabaseException explained) ? explained
						: UnsupportedDatabaseException.unreachable(ex));
			}
			throw ex;
		}
	}

	// The start would have ended with this. Now the process has taken webhooks already,
	// and goes on to take them.
	private void tell(UnsupportedDatabaseException failure) {
		String message = String.valueOf(failure.getMessage());
		if (!message.equals(this.told)) {
			this.told = message;
			logger
				.error("The database was away at the start, and now: " + message + " Webhooks stay in the spool until "
						+ "it can be used; this is tried every second. " + failure.action());
		}
	}

	/** Connections for everybody but the writer, which fail at once until it is done. */
	DataSource readers() {
		return this.done ? this.bounded : new AwaitedDataSource();
	}

	/**
	 * Hands out connections once the database is ready for use.
	 */
	private final class AwaitedDataSource extends DelegatingDataSource {

		/** The SQLSTATE of a connection that cannot be made. */
		private static final String UNABLE_TO_CONNECT = "08001";

		AwaitedDataSource() {
			super(Preparation.this.bounded);
		}

		@Override
		public Connection getConnection() throws SQLException {
			if (!Preparation.this.done) {
				throw new SQLException("The database has not been reached since the start", UNABLE_TO_CONNECT);
			}
			return super.getConnection();
		}

	}

}
