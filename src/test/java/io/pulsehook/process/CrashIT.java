package io.pulsehook.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import io.pulsehook.plugin.test.CrashPlugin;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills the service under load again and again: what was acknowledged is kept, once, and
 * handled, in order. {@code -Dcrash.kills=1000} makes it a long run.
 */
class CrashIT {

	private static final int KILLS = Integer.getInteger("crash.kills", 5);

	private static final int CLIENTS = 16;

	private static final int CONTACTS = 8;

	private static final int MOST_BETWEEN_KILLS = 400;

	/** Before the inbox is opened, and when handlers begin on what was left. */
	private static final List<Pattern> STARTING = List.of(Pattern.compile("Tomcat initialized"),
			Pattern.compile("Handler 'stepHandler' receives"));

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Posted HELD = new Posted("held", 1);

	@TempDir
	Path directory;

	private final List<LoadClient> clients = new ArrayList<>();

	@Test
	void losesNothingThatItAcknowledged() throws Exception {
		Launch launch = Launch.in(this.directory).plugin(CrashPlugin.class);
		for (int i = 0; i < CLIENTS; i++) {
			this.clients.add(new LoadClient(i, "contact" + i % CONTACTS));
		}
		killWithHeldHandler(launch);
		for (int kill = 1; kill < KILLS; kill++) {
			if (ThreadLocalRandom.current().nextInt(4) == 0) {
				killAtStart(launch);
			}
			else {
				killUnderLoad(launch);
			}
		}
		try (ServiceProcess service = launch.start()) {
			this.clients.forEach((client) -> client.finish(service.webhook()));
			List<JsonNode> events = awaitHandled(service.operator());
			assertKeptOnce(events);
			assertHandledInOrder(events, launch.handled());
			assertHeldRanAgain(launch.handled());
		}
	}

	// The first kill finds a handler that has run and whose outcome is not written.
	private void killWithHeldHandler(Launch launch) throws Exception {
		Path hold = Files.createFile(this.directory.resolve("hold"));
		try (ServiceProcess service = launch.start()) {
			assertThat(service.webhook().post(HELD.json("unsubscribe")).statusCode()).isEqualTo(200);
			Awaitility.await().atMost(PATIENCE).until(() -> launch.handled().stream().anyMatch(CrashIT::isHeld));
			killAtRandom(service);
		}
		Files.delete(hold);
	}

	private void killUnderLoad(Launch launch) throws Exception {
		try (ServiceProcess service = launch.start()) {
			killAtRandom(service);
		}
	}

	private void killAtStart(Launch launch) {
		try (ServiceProcess service = launch.begin()) {
			service.awaitLog(STARTING.get(ThreadLocalRandom.current().nextInt(STARTING.size())));
			service.kill();
		}
	}

	// After so many more acknowledgements that every kill finds other work.
	private void killAtRandom(ServiceProcess service) throws Exception {
		int until = acknowledged() + ThreadLocalRandom.current().nextInt(1, MOST_BETWEEN_KILLS);
		WebhookClient webhook = service.webhook();
		List<Thread> threads = this.clients.stream().map((client) -> client.postUntilKilled(webhook)).toList();
		Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> acknowledged() >= until);
		service.kill();
		for (Thread thread : threads) {
			thread.join();
		}
	}

	private int acknowledged() {
		return this.clients.stream().mapToInt(LoadClient::acknowledged).sum();
	}

	private static List<JsonNode> awaitHandled(OperatorClient operator) {
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(operator.events("&status=open")).as("Events not handled yet").isEmpty());
		return operator.events();
	}

	private void assertKeptOnce(List<JsonNode> events) {
		List<String> kept = events.stream().map(CrashIT::title).toList();
		Set<String> lost = new HashSet<>();
		this.clients.forEach((client) -> client.titles().forEach(lost::add));
		lost.removeAll(kept);
		assertThat(lost).as("Acknowledged and lost, of %d in %d kills", acknowledged(), KILLS).isEmpty();
		// Each was posted until it was acknowledged: there is nothing else, and nothing
		// twice.
		assertThat(kept).as("Kept events").doesNotHaveDuplicates().hasSize(acknowledged() + 1);
		assertThat(events).as("Events not done").allMatch((event) -> event.get("status").asString().equals("done"));
	}

	private void assertHandledInOrder(List<JsonNode> events, List<Handled> handled) {
		Map<String, Long> ids = events.stream()
			.collect(Collectors.toMap(CrashIT::title, (event) -> Long.valueOf(event.get("id").asString())));
		for (LoadClient client : this.clients) {
			assertThat(client.titles().stream().map(ids::get)).as("Ids of what client %s posted", client).isSorted();
		}
		Map<String, List<Long>> completions = firstCompletions(handled);
		assertThat(completions.values().stream().flatMap(List::stream)).as("Events that a handler has run to its end")
			.containsExactlyInAnyOrderElementsOf(ids.values());
		completions.forEach((contact, completed) -> assertThat(completed)
			.as("First completions for %s in the order of receipt", contact)
			.isSorted());
	}

	private static Map<String, List<Long>> firstCompletions(List<Handled> handled) {
		Map<String, List<Long>> completions = new HashMap<>();
		Set<String> seen = new HashSet<>();
		handled.stream()
			.filter(Handled::ended)
			.filter((line) -> seen.add(line.delivery()))
			.forEach((line) -> completions.computeIfAbsent(line.contact(), (contact) -> new ArrayList<>())
				.add(line.eventId()));
		return completions;
	}

	private static void assertHeldRanAgain(List<Handled> handled) {
		List<Handled> held = handled.stream().filter((line) -> line.by("heldHandler")).toList();
		assertThat(held).extracting(Handled::what)
			.as("The handler that was killed")
			.containsExactly("begin", "begin", "end");
		assertThat(held).extracting(Handled::delivery).containsOnly(held.get(0).delivery());
		assertThat(held).extracting(Handled::attempt).containsOnly(1);
		assertThat(held.get(1).process()).isNotEqualTo(held.get(0).process());
	}

	private static boolean isHeld(Handled line) {
		return line.by("heldHandler") && line.began();
	}

	private static String title(JsonNode event) {
		return event.get("title").asString();
	}

}
