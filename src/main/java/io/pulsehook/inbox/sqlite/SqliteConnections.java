package io.pulsehook.inbox.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TempStore;
import org.sqlite.SQLiteDataSource;

/**
 * Opens connections to the database file, each with the pragmas that its use needs.
 */
final class SqliteConnections {

	static final int BUSY_TIMEOUT_MILLIS = 10_000;

	private final String url;

	private final String migrations;

	/**
	 * Prepares connections, and opens none.
	 * @param file the database file
	 * @param migrations the folder of the class path that has the migrations
	 */
	SqliteConnections(Path file, String migrations) {
		this.url = "jdbc:sqlite:" + file;
		this.migrations = migrations;
	}

	/**
	 * Opens the first connection, which decides how the file is laid out.
	 * @return a connection that commits to disk
	 * @throws SQLException if the file cannot be opened or is no database
	 */
	Connection first() throws SQLException {
		Connection connection = durable().getConnection();
		// Both layout pragmas work only as statements, and only before the first table is
		// made.
		try (Statement statement = connection.createStatement()) {
			statement.execute("pragma page_size = 8192");
			statement.execute("pragma auto_vacuum = incremental");
			statement.execute("pragma journal_mode = wal");
			// SQLite opens the log only when something is read.
			statement.execute("select count(*) from sqlite_schema");
			return connection;
		}
		catch (SQLException ex) {
			return closeAndThrow(connection, ex);
		}
	}

	/** Brings the tables up to date. */
	void migrate() {
		Flyway.configure()
			.dataSource(source(discreet()))
			.locations("classpath:" + this.migrations)
			.table("pulsehook_schema_history")
			.load()
			.migrate();
	}

	/**
	 * Opens the connection that everything is written on.
	 * @return a connection whose commit returns when the data is on disk
	 * @throws SQLException if the file cannot be opened
	 */
	Connection writer() throws SQLException {
		Connection connection = durable().getConnection();
		try (Statement statement = connection.createStatement()) {
			// The log grows to 16 MB (32 MB with the page size of old files) before it is
			// copied into the database: a page that many transactions rewrite is copied
			// once for all of them.
			statement.execute("pragma wal_autocheckpoint = 2000");
			return connection;
		}
		catch (SQLException ex) {
			return closeAndThrow(connection, ex);
		}
	}

	/**
	 * Leads to connections that read beside the writer.
	 * @return connections that cannot write
	 */
	DataSource readers() {
		SQLiteConfig config = new SQLiteConfig();
		config.setReadOnly(true);
		return source(config);
	}

	private SQLiteDataSource durable() {
		SQLiteConfig config = discreet();
		config.setSynchronous(SynchronousMode.FULL);
		config.enforceForeignKeys(true);
		// The driver would otherwise run a query after each insert to learn the row's id.
		config.setGetGeneratedKeys(false);
		// 16 MB of cache keep pages that are rewritten often in memory.
		config.setCacheSize(-16_384);
		return source(config);
	}

	// Keeps personal data out of every place but the database and its log.
	private static SQLiteConfig discreet() {
		SQLiteConfig config = new SQLiteConfig();
		// Commits would otherwise write to the system's temporary directory, which may be
		// full or read-only.
		config.setTempStore(TempStore.MEMORY);
		// SQLite overwrites what is deleted or replaced instead of only freeing its
		// pages.
		config.setPragma(Pragma.SECURE_DELETE, "true");
		return config;
	}

	private SQLiteDataSource source(SQLiteConfig config) {
		config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
		SQLiteDataSource source = new SQLiteDataSource(config);
		source.setUrl(this.url);
		return source;
	}

	private static Connection closeAndThrow(Connection connection, SQLException ex) throws SQLException {
		try (connection) {
			throw ex;
		}
	}

}
