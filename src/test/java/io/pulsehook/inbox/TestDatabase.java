package io.pulsehook.inbox;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.util.unit.DataSize;

import io.pulsehook.inbox.commit.Database;
import io.pulsehook.inbox.postgresql.Postgresql;
import io.pulsehook.inbox.replica.LeaseTimes;
import io.pulsehook.inbox.sqlite.Sqlite;

/**
 * The databases that everything is tested on. On either, a directory stands for one
 * database: whoever opens the directory again finds what was left there.
 */
public enum TestDatabase {

	/** A file in the directory. */
	SQLITE {

		@Override
		public Storage open(InboxSettings settings, InstantSource clock) {
			return Storage.open(settings, clock);
		}

		@Override
		public Database database(Path directory) {
			return Sqlite.open(directory);
		}

		@Override
		public Connection connect(Path directory) throws SQLException {
			return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("pulsehook.db"));
		}

		@Override
		public Hindrance holdTurn(Path directory) throws SQLException {
			Connection connection = connect(directory);
			try (Statement statement = connection.createStatement()) {
				statement.execute("begin immediate");
			}
			return connection::close;
		}

		@Override
		public Hindrance refuse(Path directory, String change, String condition, String message) throws SQLException {
			execute(directory, "create trigger refuse before %s when %s begin select raise(abort, '%s'); end"
				.formatted(change, condition, message));
			return () -> execute(directory, "drop trigger refuse");
		}

		@Override
		public Hindrance breakTable(Path directory, String table) throws SQLException {
			rename(directory, table, "gone");
			return () -> rename(directory, "gone", table);
		}

		private void rename(Path directory, String from, String to) throws SQLException {
			execute(directory, "pragma foreign_keys = off", "pragma legacy_alter_table = on",
					"alter table " + from + " rename to " + to);
		}

	},

	/** A database on a server, which is found by the directory. */
	POSTGRESQL {

		@Override
		public Storage open(InboxSettings settings, InstantSource clock) {
			return Storage.open(settings, PostgresqlServer.pool(name(settings.dataDirectory())), clock);
		}

		@Override
		public Database database(Path directory) {
			return Postgresql.open(PostgresqlServer.pool(name(directory)), Duration.ofSeconds(30),
					LeaseTimes.of(Duration.ofSeconds(60)));
		}

		@Override
		public Connection connect(Path directory) throws SQLException {
			return DriverManager.getConnection(PostgresqlServer.url(name(directory)), "postgres", "");
		}

		@Override
		public Hindrance holdTurn(Path directory) throws SQLException {
			Connection connection = connect(directory);
			connection.setAutoCommit(false);
			try (Statement statement = connection.createStatement()) {
				statement.execute("select version from pulsehook_turn for update");
			}
			return connection::close;
		}

		@Override
		public Hindrance refuse(Path directory, String change, String condition, String message) throws SQLException {
			return raise(directory, List.of(change), condition, message, "P0001");
		}

		@Override
		public Hindrance breakTable(Path directory, String table) throws SQLException {
			// The database fails each write as it would on a full disk.
			return raise(directory, List.of("insert or update on " + table, "update on pulsehook_probe"), "true",
					"could not extend file", "53100");
		}

		private Hindrance raise(Path directory, List<String> changes, String condition, String message, String state)
				throws SQLException {
			execute(directory, """
					create function refuse() returns trigger language plpgsql as $$
					begin raise exception '%s' using errcode = '%s'; end $$""".formatted(message, state));
			for (String change : changes) {
				execute(directory, "create trigger refuse before %s for each row when (%s) execute function refuse()"
					.formatted(change, condition));
			}
			return () -> execute(directory, "drop function refuse cascade");
		}

	};

	private static final Map<Path, String> databases = new ConcurrentHashMap<>();

	public static String name(Path directory) {
		return databases.computeIfAbsent(directory, (key) -> PostgresqlServer.create());
	}

	/** Opens a storage whose time limits are long enough for slow machines. */
	public Storage open(Path directory, InstantSource clock) {
		return open(settings(directory), clock);
	}

	public static InboxSettings settings(Path directory) {
		return new InboxSettings(directory, Duration.ofSeconds(30), DataSize.ofMegabytes(64), Duration.ofMinutes(10),
				Duration.ofSeconds(60));
	}

	public abstract Storage open(InboxSettings settings, InstantSource clock);

	/** Opens the database of an inbox without the inbox. */
	public abstract Database database(Path directory);

	/** Opens another connection to the database of an inbox. */
	public abstract Connection connect(Path directory) throws SQLException;

	/** Makes all other writers wait. */
	public abstract Hindrance holdTurn(Path directory) throws SQLException;

	/**
	 * Makes a table refuse the rows of an "insert on" or "delete on" it that match the
	 * condition.
	 */
	public abstract Hindrance refuse(Path directory, String change, String condition, String message)
			throws SQLException;

	/** Makes all writes to a table fail, whatever the data. */
	public abstract Hindrance breakTable(Path directory, String table) throws SQLException;

	/** Executes statements on one connection. */
	public void execute(Path directory, String... statements) throws SQLException {
		try (Connection connection = connect(directory); Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

	/** Returns the number that a query yields. */
	public int number(Path directory, String query) {
		try (Connection connection = connect(directory);
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(query)) {
			row.next();
			return row.getInt(1);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A hindrance that lasts until it is closed.
	 */
	@FunctionalInterface
	public interface Hindrance extends AutoCloseable {

		@Override
		void close() throws SQLException;

	}

}
