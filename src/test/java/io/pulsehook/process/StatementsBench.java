package io.pulsehook.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.pulsehook.inbox.CountedTrips;
import io.pulsehook.plugin.test.CrashPlugin;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Measures how many statements the server runs for each event, from its receipt to the
 * outcome of its handler. {@code bench/statements.sh} runs this.
 */
@Timeout(600)
class StatementsBench {

	private static final int CLIENTS = 64;

	private static final int WARM_UP = 2_000;

	private static final int EVENTS = 20_000;

	private static final double BAR = 0.5;

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	private static final Path REPORT = Path.of("target", "bench", "statements.txt");

	private static final String OF_THE_SERVICE = """
			from pg_stat_statements s join pg_roles r on r.oid = s.userid
			where r.rolname = '%s'""".formatted(DatabaseServer.USER);

	@TempDir
	Path directory;

	@Test
	void countsStatementsForEachEvent() throws Exception {
		Files.deleteIfExists(REPORT);
		Launch launch = Launch.in(this.directory).plugin(CrashPlugin.class);
		try (DatabaseServer server = DatabaseServer.start(this.directory.resolve("server"),
				Map.of("shared_preload_libraries", "pg_stat_statements"));
				CountedTrips way = new CountedTrips(server.port())) {
			server.query("create extension pg_stat_statements");
			try (ServiceProcess service = launch.with(DatabaseServer.arguments(way.port())).start()) {
				Load load = new Load(CLIENTS, CLIENTS);
				List<Thread> threads = load.postToAny(List.of(service.webhook()));
				await(load, WARM_UP);
				long begun = stored(server);
				server.query("select pg_stat_statements_reset()");
				long trips = way.trips();
				long mostTrips = way.mostTrips();
				long start = System.nanoTime();
				await(load, WARM_UP + EVENTS);
				Duration took = Duration.ofNanos(System.nanoTime() - start);
				for (Thread thread : threads) {
					thread.interrupt();
					thread.join();
				}
				Awaitility.await().atMost(PATIENCE).until(() -> unfinished(server) == 0);
				report(server, stored(server) - begun, took, way.trips() - trips, way.mostTrips() - mostTrips);
			}
		}
	}

	private static void await(Load load, int acknowledged) {
		Awaitility.await()
			.atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(20))
			.until(() -> load.acknowledged() >= acknowledged);
	}

	private static long stored(DatabaseServer server) {
		return number(server, "select count(*) from pulsehook_event");
	}

	private static long unfinished(DatabaseServer server) {
		return number(server, "select count(*) from pulsehook_delivery where finished_at is null");
	}

	private static long number(DatabaseServer server, String query) {
		return Long.parseLong(server.query(query).get(0));
	}

	private static void report(DatabaseServer server, long events, Duration took, long trips, long tripsOfTheWriter)
			throws Exception {
		long statements = number(server, "select sum(calls) " + OF_THE_SERVICE);
		// When the driver has prepared COMMIT, pg_stat_statements counts only its first
		// run.
		long commits = number(server, "select sum(calls) " + OF_THE_SERVICE + " and query = 'BEGIN'")
				- number(server, "select coalesce(sum(calls), 0) " + OF_THE_SERVICE + " and query = 'COMMIT'");
		double each = (double) statements / events;
		List<String> lines = new ArrayList<>();
		lines.add(String.format(Locale.ROOT,
				"%.3f statements for each of %d events: %d by pg_stat_statements (%.3f with the %d of COMMIT that it misses)",
				each, events, statements, (double) (statements + commits) / events, commits));
		lines.add(String.format(Locale.ROOT, "%d posts at once, one handler for each event, %d events a second",
				CLIENTS, events * 1000 / took.toMillis()));
		long transactions = number(server,
				"select sum(calls) " + OF_THE_SERVICE + " and query like '%pulsehook_turn for update%'");
		lines.add(String.format(Locale.ROOT,
				"%d commits of the writer, each of %.1f events, with %.2f round trips; %.3f round trips for each event "
						+ "on all connections, counted between the service and the server",
				transactions, (double) events / transactions, (double) tripsOfTheWriter / transactions,
				(double) trips / events));
		lines.addAll(server.query("""
				select to_char(calls, '9999990') || '  ' || left(regexp_replace(query, '\\s+', ' ', 'g'), 90)
				""" + OF_THE_SERVICE + " order by calls desc limit 20"));
		Files.createDirectories(REPORT.getParent());
		Files.write(REPORT, lines);
		assertThat(each).as("Statements for each event").isLessThanOrEqualTo(BAR);
	}

}
