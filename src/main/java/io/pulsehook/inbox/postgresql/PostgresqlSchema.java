package io.pulsehook.inbox.postgresql;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import javax.sql.DataSource;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.UnsupportedDatabaseException;

/**
 * Checks the server when the inbox is opened, and brings its tables up to date.
 */
final class PostgresqlSchema {

	private static final Log logger = LogFactory.getLog(PostgresqlSchema.class);

	private static final int OLDEST_VERSION = 14;

	/** How long a single statement of a migration may take: the tables can be large. */
	private static final Duration MIGRATION_TIMEOUT = Duration.ofHours(1);

	private PostgresqlSchema() {
	}

	/**
	 * Makes the database ready for use.
	 * @param dataSource leads to the database
	 * @param bounded leads there too, with connections that do not wait for ever
	 * @throws UnsupportedDatabaseException if it is no such database, or is misconfigured
	 * @throws SQLException if the database fails
	 */
	static void prepare(DataSource dataSource, BoundedDataSource bounded) throws SQLException {
		try (Connection connection = firstConnection(dataSource)) {
			requireSupported(connection.getMetaData());
		}
		try (Connection connection = bounded.getConnection()) {
			warnIfNotDurable(connection);
		}
		Flyway.configure()
			.dataSource(new BoundedDataSource(dataSource, MIGRATION_TIMEOUT))
			.locations("classpath:io/pulsehook/inbox/postgresql")
			.table("pulsehook_schema_history")
			// The schema may already have tables of the application.
			.baselineOnMigrate(true)
			.baselineVersion("0")
			.load()
			.migrate();
	}

	// Leaves the connection unbounded, since another product's driver may not support
	// that. A pool that cannot use its settings quotes them in its exception, with the
	// password among them, so that this one must not be passed on.
	private static Connection firstConnection(DataSource unbounded) throws SQLException {
		try {
			return unbounded.getConnection();
		}
		catch (RuntimeException ex) {
			throw UnsupportedDatabaseException.misconfigured();
		}
	}

	private static void requireSupported(DatabaseMetaData server) throws SQLException {
		if (!server.getDatabaseProductName().equals("PostgreSQL")) {
			throw UnsupportedDatabaseException.product(server.getDatabaseProductName());
		}
		if (server.getDatabaseMajorVersion() < OLDEST_VERSION) {
			throw UnsupportedDatabaseException.version(server.getDatabaseProductVersion());
		}
	}

	private static void warnIfNotDurable(Connection connection) throws SQLException {
		if ("off".equals(setting(connection, "fsync"))) {
			logger.warn("The PostgreSQL server runs with fsync=off: what is acknowledged can be lost when it or its "
					+ "machine fails. Set fsync=on in postgresql.conf.");
		}
	}

	/**
	 * Asks for a parameter of the server.
	 * @param connection leads to the server
	 * @param name the name of the parameter
	 * @return its value in this session
	 * @throws SQLException if the database fails
	 */
	static @Nullable String setting(Connection connection, String name) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery("show " + name)) {
			return result.next() ? result.getString(1) : null;
		}
	}

}
