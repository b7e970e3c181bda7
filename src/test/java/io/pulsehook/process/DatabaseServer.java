package io.pulsehook.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A PostgreSQL server for one test, which can be stopped, frozen and started again. It
 * syncs what it commits, and requires a password of the service's user, who owns a
 * database and nothing else.
 */
final class DatabaseServer implements AutoCloseable {

	static final String USER = "pulsehook";

	static final String PASSWORD = "secret-of-the-database";

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Set<String> NOT_COPIED = Set.of("postmaster.pid", "epg-lock");

	private static final String ACCESS = """
			local all all trust
			host all postgres all trust
			host replication postgres all trust
			host all all all scram-sha-256
			""";

	private final Path data;

	private final Map<String, String> settings;

	private EmbeddedPostgres server;

	private @Nullable ProcessHandle postmaster;

	private DatabaseServer(Path data, Map<String, String> settings) throws IOException {
		this.data = data;
		this.settings = settings;
		this.server = launch(0);
		this.postmaster = postmaster();
	}

	static DatabaseServer start(Path data) throws IOException {
		return start(data, Map.of());
	}

	static DatabaseServer start(Path data, Map<String, String> settings) throws IOException {
		DatabaseServer server = new DatabaseServer(data, settings);
		Files.writeString(data.resolve("pg_hba.conf"), ACCESS);
		server.execute("create role " + USER + " login password '" + PASSWORD + "'",
				"create database " + USER + " owner " + USER, "select pg_reload_conf()");
		assertThat(server.query("show fsync")).as("Whether the server syncs").containsExactly("on");
		return server;
	}

	private EmbeddedPostgres launch(int port) throws IOException {
		ProcessBuilder.Redirect log = ProcessBuilder.Redirect.appendTo(log().toFile());
		EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
			.setDataDirectory(this.data)
			.setCleanDataDirectory(false)
			.setPGStartupWait(PATIENCE)
			.setErrorRedirector(log)
			.setOutputRedirector(log)
			.setServerConfig("fsync", "on")
			.setServerConfig("synchronous_commit", "on");
		this.settings.forEach(builder::setServerConfig);
		return ((port != 0) ? builder.setPort(port) : builder).start();
	}

	private ProcessHandle postmaster() throws IOException {
		String pid = Files.readAllLines(this.data.resolve("postmaster.pid")).get(0);
		return ProcessHandle.of(Long.parseLong(pid.trim())).orElseThrow();
	}

	private Path log() {
		return this.data.resolveSibling(this.data.getFileName() + ".log");
	}

	int port() {
		return this.server.getPort();
	}

	// Returns the options that tell the service where its database is, given the port of
	// the server or of a proxy.
	static String[] arguments(int port) {
		return new String[] { "--spring.datasource.url=jdbc:postgresql://127.0.0.1:" + port + "/" + USER,
				"--spring.datasource.username=" + USER, "--spring.datasource.password=" + PASSWORD };
	}

	String[] arguments() {
		return arguments(port());
	}

	// Starts a synchronous standby: without it, this server commits nothing.
	DatabaseServer standby(Path copy) throws IOException {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			statement.execute("select pg_backup_start('standby', true)");
			copyData(copy);
			try (ResultSet row = statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
				row.next();
				Files.writeString(copy.resolve("backup_label"), row.getString(1));
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		Files.createFile(copy.resolve("standby.signal"));
		DatabaseServer standby = new DatabaseServer(copy,
				Map.of("primary_conninfo", "postgresql://postgres@127.0.0.1:" + port()));
		execute("alter system set synchronous_standby_names = '*'", "select pg_reload_conf()");
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> query("select sync_state from pg_stat_replication").contains("sync"));
		return standby;
	}

	private void copyData(Path copy) throws IOException {
		try (Stream<Path> files = Files.walk(this.data)) {
			for (Path file : files.toList()) {
				Path name = this.data.relativize(file);
				boolean wal = name.startsWith("pg_wal") && Files.isRegularFile(file);
				if (!wal && !NOT_COPIED.contains(name.toString())) {
					Files.copy(file, copy.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
				}
			}
		}
		Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwx------"));
	}

	// Makes a standby the primary server.
	void promote() {
		execute("alter system reset synchronous_standby_names", "select pg_promote()", "select pg_reload_conf()");
	}

	// Connects as the administrator.
	Connection connect() throws SQLException {
		return this.server.getPostgresDatabase().getConnection();
	}

	void execute(String... statements) {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	// Returns what a query in the service's database answers, row by row.
	List<String> query(String sql) {
		List<String> rows = new ArrayList<>();
		try (Connection connection = this.server.getDatabase("postgres", USER).getConnection();
				Statement statement = connection.createStatement();
				ResultSet row = statement.execute(sql) ? statement.getResultSet() : statement.getGeneratedKeys()) {
			while (row.next()) {
				rows.add(row.getString(1));
			}
			return rows;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	// Stops the server without letting anybody finish, as "pg_ctl stop -m immediate"
	// does.
	void stop() {
		ProcessHandle running = this.postmaster;
		if (running != null) {
			signal("QUIT", List.of(running));
			Awaitility.await().atMost(PATIENCE).until(() -> !running.isAlive());
			this.postmaster = null;
		}
	}

	void startAgain() throws IOException {
		int port = port();
		this.server.close();
		this.server = launch(port);
		this.postmaster = postmaster();
	}

	// Freezes all processes of the server, so that its connections stay open.
	void freeze() {
		signal("STOP", processes());
	}

	void thaw() {
		signal("CONT", processes());
	}

	// Leaves the service no connection, as if others had taken them all.
	void takeConnections() {
		execute("alter role " + USER + " connection limit 0",
				"select pg_terminate_backend(pid) from pg_stat_activity where usename = '" + USER + "'");
	}

	void giveConnections() {
		execute("alter role " + USER + " connection limit -1");
	}

	private List<ProcessHandle> processes() {
		List<ProcessHandle> processes = new ArrayList<>();
		if (this.postmaster != null) {
			processes.add(this.postmaster);
			this.postmaster.descendants().forEach(processes::add);
		}
		return processes;
	}

	private static void signal(String name, List<ProcessHandle> processes) {
		List<String> command = new ArrayList<>(List.of("kill", "-" + name));
		processes.forEach((process) -> command.add(Long.toString(process.pid())));
		Commands.succeed(command.toArray(String[]::new));
	}

	@Override
	public void close() throws IOException {
		try {
			thaw();
			stop();
		}
		finally {
			this.server.close();
		}
	}

}
