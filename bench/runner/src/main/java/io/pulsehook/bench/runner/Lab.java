package io.pulsehook.bench.runner;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.jspecify.annotations.Nullable;

/**
 * Starts what is measured, each on its own port and with its own database, and ends all
 * of it.
 */
final class Lab implements AutoCloseable {

	// What the service says to Tomcat and what decides about threads.
	private static final List<String> SAME_SERVER = List.of("--spring.threads.virtual.enabled=true",
			"--server.tomcat.max-connections=12000", "--server.tomcat.connection-timeout=10s",
			"--server.tomcat.keep-alive-timeout=20s", "--spring.main.banner-mode=off",
			// By hand, a connection would be held until the answer is written.
			"--spring.jpa.open-in-view=false");

	private final Deque<Server> open = new ArrayDeque<>();

	private final Path directory;

	private final Path postgresDirectory;

	private @Nullable EmbeddedPostgres postgres;

	private int databases;

	Lab() throws IOException {
		// Beside the build: the system's temporary directory can lie in memory.
		this.directory = Files.createTempDirectory(Files.createDirectories(Path.of("runner/target/data")), "lab")
			.toAbsolutePath();
		this.postgresDirectory = Files.createDirectory(this.directory.resolve("postgresql"));
	}

	Path directory() {
		return this.directory;
	}

	/** The service as it is shipped. */
	static Path service() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("../target"))) {
			return files.filter((file) -> file.toString().endsWith("-exec.jar"))
				.findFirst()
				.orElseThrow()
				.toAbsolutePath()
				.normalize();
		}
	}

	/** The plug-in. */
	static Path handlers() {
		return module("handlers");
	}

	private static Path module(String name) {
		return Path.of(name, "target", "bench-" + name + ".jar").toAbsolutePath();
	}

	Target noOp(Jvm jvm) throws Exception {
		return new Target("no-op", start(jvm, module("noop"), SAME_SERVER), null);
	}

	Target handWritten(Jvm jvm, Store store) throws Exception {
		List<String> arguments = new ArrayList<>(SAME_SERVER);
		arguments.addAll(store.handWritten());
		return new Target("by hand", start(jvm, module("jpa"), arguments), null);
	}

	/** The service with so many handlers for each event. */
	Target pulsehook(Jvm jvm, Store store, int handlers, String... more) throws Exception {
		return pulsehook(service(), jvm, store, handlers, more);
	}

	/** The service of that jar. */
	Target pulsehook(Path jar, Jvm jvm, Store store, int handlers, String... more) throws Exception {
		List<String> arguments = new ArrayList<>(pulsehookArguments(store, handlers));
		arguments.addAll(Arrays.asList(more));
		String name = (handlers == 0) ? "no handler" : handlers + ((handlers == 1) ? " handler" : " handlers");
		return new Target(name, start(jvm, jar, arguments), store);
	}

	static List<String> pulsehookArguments(Store store, int handlers) {
		List<String> arguments = new ArrayList<>(store.arguments());
		arguments.add("--pulsehook.token=" + Server.TOKEN);
		arguments.add("--pulsehook.example=false");
		arguments.add("--bench.handlers=" + handlers);
		return arguments;
	}

	private Server start(Jvm jvm, Path jar, List<String> arguments) throws Exception {
		List<String> command = new ArrayList<>(
				List.of(jvm.java(), "-Dloader.path=" + handlers(), "-jar", jar.toString()));
		command.addAll(arguments);
		Server server = Server.start(command, this.directory);
		this.open.push(server);
		return server;
	}

	/** Ends the server that was started last. */
	void closeLast() throws Exception {
		this.open.pop().close();
	}

	Store sqlite() throws IOException {
		Path data = Files.createTempDirectory(this.directory, "sqlite");
		return new Store("SQLite", "jdbc:sqlite:" + data.resolve("pulsehook.db"),
				List.of("--pulsehook.data-dir=" + data),
				List.of("--spring.datasource.url=jdbc:sqlite:" + data.resolve("by-hand.db")
						+ "?journal_mode=WAL&synchronous=FULL&busy_timeout=30000",
						// More would wait for each other in SQLite, and longer.
						"--spring.datasource.hikari.maximum-pool-size=1", "--spring.jpa.hibernate.ddl-auto=update",
						"--spring.jpa.database-platform=org.hibernate.community.dialect.SQLiteDialect"),
				null);
	}

	Store postgresql() throws IOException, SQLException {
		if (this.postgres == null) {
			this.postgres = server();
		}
		String name = "bench" + ++this.databases;
		try (Connection connection = this.postgres.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("create database " + name);
		}
		String url = "jdbc:postgresql://127.0.0.1:" + this.postgres.getPort() + "/" + name + "?user=postgres";
		return new Store("PostgreSQL", url, List.of("--spring.datasource.url=" + url),
				List.of("--spring.datasource.url=" + url, "--spring.jpa.hibernate.ddl-auto=update"), postmaster());
	}

	// As a server comes, and not as one for tests, which would not sync.
	private EmbeddedPostgres server() throws IOException {
		File log = Files.createTempFile(this.directory, "postgresql", ".log").toFile();
		return EmbeddedPostgres.builder()
			.setDataDirectory(this.postgresDirectory)
			.setServerConfig("fsync", "on")
			.setServerConfig("synchronous_commit", "on")
			.setErrorRedirector(ProcessBuilder.Redirect.appendTo(log))
			.setOutputRedirector(ProcessBuilder.Redirect.appendTo(log))
			.start();
	}

	private ProcessHandle postmaster() throws IOException {
		try (Stream<String> lines = Files.lines(this.postgresDirectory.resolve("postmaster.pid"))) {
			return ProcessHandle.of(Long.parseLong(lines.findFirst().orElseThrow())).orElseThrow();
		}
	}

	@Override
	public void close() throws Exception {
		while (!this.open.isEmpty()) {
			closeLast();
		}
		// Others that were started before it may need it until then.
		if (this.postgres != null) {
			this.postgres.close();
		}
		try (Stream<Path> files = Files.walk(this.directory)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(file);
			}
		}
	}

	/** Makes databases. */
	@FunctionalInterface
	interface Stores {

		Store next() throws Exception;

	}

}
