package io.pulsehook.inbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import io.pulsehook.inbox.postgresql.Postgresql;
import io.pulsehook.inbox.replica.LeaseTimes;

/**
 * A real server that syncs what it commits. The first test that needs it starts it, and
 * it stops with the tests' JVM. Each test has a database of its own on it.
 */
public final class PostgresqlServer {

	private static final String TEMPLATE = "pulsehook_template";

	/** If the server does not start, all tests of this process fail that need it. */
	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final AtomicInteger databases = new AtomicInteger();

	private static final Map<String, HikariDataSource> pools = new ConcurrentHashMap<>();

	private PostgresqlServer() {
	}

	/** Creates a database with the inbox's tables in it and returns its name. */
	public static String create() {
		pools.values().forEach(HikariDataSource::close);
		pools.clear();
		String name = "test_" + databases.incrementAndGet();
		execute("create database " + name + " template " + Holder.TEMPLATE_NAME);
		return name;
	}

	/** Creates an empty database and returns its name. */
	public static String createEmpty() {
		String name = "test_" + databases.incrementAndGet();
		execute("create database " + name);
		return name;
	}

	/** Returns a pool of connections to a database, as an application would have it. */
	public static DataSource pool(String name) {
		return pools.computeIfAbsent(name, (key) -> {
			HikariDataSource pool = new HikariDataSource();
			pool.setJdbcUrl(url(name));
			pool.setUsername("postgres");
			pool.setMaximumPoolSize(10);
			pool.setMinimumIdle(0);
			pool.setConnectionTimeout(Duration.ofSeconds(5).toMillis());
			return pool;
		});
	}

	/** Returns the JDBC URL of a database. */
	public static String url(String name) {
		return Holder.SERVER.getJdbcUrl("postgres", name);
	}

	/** Executes a statement in a database. */
	public static void execute(String name, String sql) throws SQLException {
		try (Connection connection = DriverManager.getConnection(url(name), "postgres", "");
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	/** Returns the number that a query of a database yields. */
	public static long number(String name, String query) {
		try (Connection connection = DriverManager.getConnection(url(name), "postgres", "");
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(query)) {
			row.next();
			return row.getLong(1);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void execute(String sql) {
		try (Connection connection = Holder.SERVER.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Starts the server when it is first needed. */
	private static final class Holder {

		private static final EmbeddedPostgres SERVER = start();

		private static final String TEMPLATE_NAME = migratedTemplate();

		private static EmbeddedPostgres start() {
			try {
				EmbeddedPostgres server = EmbeddedPostgres.builder()
					.setPGStartupWait(PATIENCE)
					.setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
					.setServerConfig("fsync", "on")
					.setServerConfig("synchronous_commit", "on")
					.setServerConfig("max_connections", "200")
					.setServerConfig("shared_buffers", "128MB")
					.start();
				Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server)));
				return server;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private static void close(EmbeddedPostgres server) {
			try {
				server.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private static String migratedTemplate() {
			execute(SERVER);
			Postgresql
				.open(SERVER.getDatabase("postgres", TEMPLATE), Duration.ofSeconds(30),
						LeaseTimes.of(Duration.ofSeconds(60)))
				.close();
			return TEMPLATE;
		}

		private static void execute(EmbeddedPostgres server) {
			try (Connection connection = server.getPostgresDatabase().getConnection();
					Statement statement = connection.createStatement()) {
				statement.execute("create database " + TEMPLATE);
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
