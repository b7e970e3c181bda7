package io.pulsehook.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import io.pulsehook.plugin.test.CrashPlugin;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three replicas on one server, of which one is killed and another one stopped for longer
 * than its lease, before the server itself goes away for a while: what was acknowledged
 * is kept, once, and handled in order and by one replica at a time.
 */
@Timeout(300)
class ReplicasIT {

	private static final int CLIENTS = 24;

	private static final int CONTACTS = 12;

	private static final int BUSY = 150;

	/** The lease is longer than a machine under load keeps a healthy process waiting. */
	private static final Duration LEASE = Duration.ofSeconds(5);

	private static final Duration DOWNTIME = Duration.ofSeconds(1);

	private static final Duration ANSWER = Duration.ofSeconds(3);

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Pattern TAKEN_OVER = Pattern.compile("1 of the replicas were not heard of");

	private static final Pattern BEGUN_ANEW = Pattern.compile("This replica was not heard of");

	private static final Posted HELD = new Posted("held", 1);

	@TempDir
	Path directory;

	private final Load load = new Load(CLIENTS, CONTACTS);

	private final List<ServiceProcess> replicas = new ArrayList<>();

	private DatabaseServer server;

	private Launch launch;

	@BeforeEach
	void start() throws Exception {
		this.server = DatabaseServer.start(this.directory.resolve("server"));
		this.launch = Launch.in(this.directory)
			.plugin(CrashPlugin.class)
			.with(this.server.arguments())
			.with("--pulsehook.lease=" + LEASE.toSeconds() + "s");
		for (int i = 0; i < 3; i++) {
			this.replicas.add(this.launch.begin());
		}
		this.replicas.forEach(ServiceProcess::awaitReady);
	}

	@AfterEach
	void stop() throws Exception {
		this.replicas.forEach(ServiceProcess::close);
		this.server.close();
	}

	@Test
	void loseNothingAndKeepTheOrder() throws Exception {
		Path hold = Files.createFile(this.directory.resolve("hold"));
		ServiceProcess frozen = holdHandler();
		ServiceProcess killed = this.replicas.stream().filter((replica) -> replica != frozen).findFirst().orElseThrow();
		ServiceProcess survivor = this.replicas.stream()
			.filter((replica) -> replica != frozen && replica != killed)
			.findFirst()
			.orElseThrow();
		List<Thread> threads = this.load
			.postToAny(this.replicas.stream().map((replica) -> replica.webhook().within(ANSWER)).toList());
		this.load.awaitMore(BUSY);
		killed.kill();
		Instant killedAt = Instant.now();
		Awaitility.await().atMost(PATIENCE).until(() -> says(survivor, TAKEN_OVER) || says(frozen, TAKEN_OVER));
		this.load.awaitMore(BUSY);
		frozen.freeze();
		Instant frozenAt = Instant.now();
		Files.delete(hold);
		Awaitility.await().atMost(PATIENCE).until(() -> this.launch.handled().stream().anyMatch(ReplicasIT::isHeldEnd));
		this.load.awaitMore(CLIENTS);
		Instant thawedAt = Instant.now();
		frozen.thaw();
		frozen.awaitLog(BEGUN_ANEW);
		this.load.awaitMore(BUSY);
		this.server.stop();
		Awaitility.await().pollDelay(DOWNTIME).until(() -> true);
		this.server.startAgain();
		awaitHandledBy(frozen, Instant.now());
		awaitHandledBy(survivor, Instant.now());
		Load.stop(threads);
		this.load.finish(survivor.webhook());
		List<JsonNode> events = awaitHandled(survivor.operator());
		List<Handled> handled = this.launch.handled();
		this.load.assertKeptOnce(events, 1);
		this.load.assertHandledInOrder(events, handled);
		assertHeldRanAgain(survivor.operator(), events, frozen, survivor, thawedAt);
		assertNoTwoAtOnce(handled, new Gone(process(killed), killedAt), new Gone(process(frozen), frozenAt));
	}

	// Makes a handler run without end, and returns the replica where it runs.
	private ServiceProcess holdHandler() throws Exception {
		assertThat(this.replicas.get(0).webhook().post(HELD.json("unsubscribe")).statusCode()).isEqualTo(200);
		Awaitility.await().atMost(PATIENCE).until(() -> !held().isEmpty());
		String process = held().get(0).process();
		return this.replicas.stream().filter((replica) -> process(replica).equals(process)).findFirst().orElseThrow();
	}

	private List<Handled> held() {
		return this.launch.handled().stream().filter((line) -> line.by("heldHandler")).toList();
	}

	private static boolean isHeldEnd(Handled line) {
		return line.by("heldHandler") && line.ended();
	}

	private static String process(ServiceProcess replica) {
		return Long.toString(replica.pid());
	}

	private static boolean says(ServiceProcess replica, Pattern pattern) {
		return pattern.matcher(replica.log()).find();
	}

	private void awaitHandledBy(ServiceProcess replica, Instant since) {
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> this.launch.handled()
				.stream()
				.anyMatch(
						(line) -> line.process().equals(process(replica)) && line.ended() && line.at().isAfter(since)));
	}

	private static List<JsonNode> awaitHandled(OperatorClient operator) {
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(operator.events("&status=open")).as("Events not handled yet").isEmpty());
		return operator.events();
	}

	// Asserts that the delivery in work at the frozen replica ran again elsewhere. When
	// that replica went on, its handler was interrupted, which does not count as a failed
	// attempt.
	private void assertHeldRanAgain(OperatorClient operator, List<JsonNode> events, ServiceProcess frozen,
			ServiceProcess survivor, Instant thawedAt) {
		List<Handled> held = held();
		assertThat(held).extracting((line) -> line.what() + " " + line.process())
			.containsExactly("begin " + process(frozen), "begin " + process(survivor), "end " + process(survivor),
					"failed " + process(frozen));
		assertThat(held).extracting(Handled::attempt).containsOnly(1);
		assertThat(held.get(3).at()).isBetween(thawedAt, thawedAt.plus(LEASE.multipliedBy(3)));
		String id = events.stream()
			.filter((event) -> event.get("title").asString().equals("unsubscribe"))
			.map((event) -> event.get("id").asString())
			.findFirst()
			.orElseThrow();
		JsonNode delivery = operator.delivery(id);
		assertThat(delivery.get("status").asString()).isEqualTo("done");
		assertThat(delivery.get("attempts")).isEmpty();
	}

	// Asserts that no two runs of a key overlap. A killed replica's runs end with it, but
	// those of the frozen one go on afterwards: only they may run beside their
	// successors.
	private static void assertNoTwoAtOnce(List<Handled> handled, Gone killed, Gone frozen) {
		Map<String, Handled> running = new HashMap<>();
		for (Handled line : handled) {
			String key = line.handler() + " " + line.contact();
			Handled before = running.get(key);
			if (line.began()) {
				assertThat(before == null || killed.took(before, line) || frozen.took(before, line))
					.as("%s began beside %s", line, before)
					.isTrue();
				running.put(key, line);
			}
			else if (before != null && before.delivery().equals(line.delivery())
					&& before.process().equals(line.process())) {
				running.remove(key);
			}
		}
	}

	/**
	 * A replica that was gone from this time on.
	 */
	private record Gone(String process, Instant since) {

		boolean took(Handled begun, Handled successor) {
			return begun.process().equals(this.process) && !begun.at().isAfter(this.since)
					&& successor.at().isAfter(this.since);
		}

	}

}
