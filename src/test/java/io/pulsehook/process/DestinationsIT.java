package io.pulsehook.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import io.pulsehook.inbox.PostgresqlServer;
import io.pulsehook.process.DestinationServer.Arrival;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the unchanged service, which environment variables alone configure, passes
 * on what it acknowledged although it is killed in a stream of posts: each event to both
 * destinations, in order for each contact, and every repetition under the same id with
 * the same bytes.
 */
@Timeout(600)
class DestinationsIT {

	private static final List<String> PATHS = List.of("/crm", "/archive");

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int CLIENTS = 8;

	private static final int CONTACTS = 4;

	private static final int MOST_BETWEEN_KILLS = 200;

	/**
	 * What is at work at three abrupt ends is a dead letter. So many arrivals between two
	 * kills let the head of each contact get through.
	 */
	private static final int LEAST_ARRIVALS = 20;

	@TempDir
	Path directory;

	private final Load load = new Load(CLIENTS, CONTACTS);

	@Test
	void passesOnWhatWasAcknowledgedBeforeAKill() throws Exception {
		killAgainAndAgain(1, Map.of());
	}

	@Test
	@Tag("thorough")
	void passesOnWhatWasAcknowledgedBeforeTenKills() throws Exception {
		killAgainAndAgain(10, Map.of());
	}

	// After each kill, the claimed deliveries are due again when the lease of the killed
	// process ends.
	@Test
	@Tag("thorough")
	void passesOnWhatWasAcknowledgedBeforeKillsWithPostgresql() throws Exception {
		killAgainAndAgain(5, Map.of("PULSEHOOK_LEASE", "3s", "SPRING_DATASOURCE_URL",
				PostgresqlServer.url(PostgresqlServer.createEmpty())));
	}

	private void killAgainAndAgain(int kills, Map<String, String> more) throws Exception {
		try (DestinationServer destinations = new DestinationServer()) {
			Map<String, String> environment = environment(destinations);
			environment.putAll(more);
			for (int kill = 0; kill < kills; kill++) {
				killInAStream(environment, destinations);
			}
			try (ServiceProcess service = start(environment)) {
				this.load.finish(service.webhook());
				List<JsonNode> events = awaitDone(service.operator());
				this.load.assertKeptOnce(events, 0);
				for (String path : PATHS) {
					assertPassedOn(events, destinations.arrivals(path));
				}
				assertThat(service.log()).doesNotContain(DestinationServer.SECRET, destinations.url(""));
			}
		}
	}

	private Map<String, String> environment(DestinationServer destinations) {
		Map<String, String> environment = new HashMap<>(
				Map.of("SERVER_PORT", "0", "SERVER_ADDRESS", "127.0.0.1", "SPRING_SECURITY_USER_PASSWORD",
						Launch.PASSWORD, "PULSEHOOK_TOKEN", Launch.TOKEN, "PULSEHOOK_DEFAULTS_DELAY", "100ms"));
		environment.put("PULSEHOOK_DESTINATIONS_CRM_URL", destinations.url("/crm"));
		environment.put("PULSEHOOK_DESTINATIONS_CRM_SECRET", DestinationServer.SECRET);
		environment.put("PULSEHOOK_DESTINATIONS_ARCHIVE_URL", destinations.url("/archive"));
		environment.put("PULSEHOOK_DESTINATIONS_ARCHIVE_SECRET", DestinationServer.SECRET);
		return environment;
	}

	private ServiceProcess start(Map<String, String> environment) {
		return Launch.in(this.directory).start(environment);
	}

	// Kills the service after a random number of further acknowledgements, while it is
	// passing on what came before.
	private void killInAStream(Map<String, String> environment, DestinationServer destinations) throws Exception {
		int arrived = destinations.arrivals(PATHS.get(0)).size();
		try (ServiceProcess service = start(environment)) {
			int until = this.load.acknowledged() + ThreadLocalRandom.current().nextInt(20, MOST_BETWEEN_KILLS);
			List<Thread> threads = this.load.postUntilKilled(service.webhook());
			Awaitility.await()
				.atMost(PATIENCE)
				.pollInterval(Duration.ofMillis(1))
				.until(() -> this.load.acknowledged() >= until
						&& destinations.arrivals(PATHS.get(0)).size() > arrived + LEAST_ARRIVALS);
			service.kill();
			for (Thread thread : threads) {
				thread.join();
			}
		}
	}

	private static List<JsonNode> awaitDone(OperatorClient operator) {
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(operator.events("&status=open")).as("Events not passed on yet").isEmpty());
		return operator.events();
	}

	private static void assertPassedOn(List<JsonNode> events, List<Arrival> arrivals) {
		assertThat(arrivals).as("Arrivals whose signature is wrong").allMatch(Arrival::verified);
		assertThat(arrivals.stream().filter(Arrival::isTaken).map(Arrival::eventId).collect(Collectors.toSet()))
			.as("Events that were taken")
			.isEqualTo(events.stream()
				.map((event) -> Long.valueOf(event.get("id").stringValue()))
				.collect(Collectors.toSet()));
		firstTaken(arrivals)
			.forEach((contact, ids) -> assertThat(ids).as("Events of %s in the order of receipt", contact).isSorted());
		Map<Long, Set<String>> ids = arrivals.stream()
			.collect(Collectors.groupingBy(Arrival::eventId, Collectors.mapping(Arrival::id, Collectors.toSet())));
		Map<Long, Set<String>> bodies = arrivals.stream()
			.collect(Collectors.groupingBy(Arrival::eventId, Collectors.mapping(Arrival::body, Collectors.toSet())));
		assertThat(ids.values()).as("Ids of each event").allMatch((known) -> known.size() == 1);
		assertThat(bodies.values()).as("Bodies of each event").allMatch((known) -> known.size() == 1);
		assertThat(arrivals).as("Repetitions").anyMatch((arrival) -> arrival.attempt() > 1);
	}

	private static Map<String, List<Long>> firstTaken(List<Arrival> arrivals) {
		Map<String, List<Long>> taken = new HashMap<>();
		Set<String> seen = new HashSet<>();
		arrivals.stream()
			.filter(Arrival::isTaken)
			.filter((arrival) -> seen.add(arrival.id()))
			.forEach((arrival) -> taken.computeIfAbsent(arrival.contact(), (contact) -> new ArrayList<>())
				.add(arrival.eventId()));
		return taken;
	}

}
