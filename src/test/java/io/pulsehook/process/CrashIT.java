package io.pulsehook.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import io.pulsehook.inbox.PostgresqlServer;
import io.pulsehook.plugin.test.CrashPlugin;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills the service under load again and again: what was acknowledged is kept, once, and
 * handled, in order. {@code -Dcrash.kills=1000} makes it a long run.
 */
class CrashIT {

	private static final int FEW = Integer.getInteger("crash.kills", 2);

	private static final int MANY = 10;

	private static final int CLIENTS = 16;

	private static final int CONTACTS = 8;

	private static final int MOST_BETWEEN_KILLS = 400;

	/**
	 * The log lines at which a starting service is killed: before it opens the inbox, and
	 * when handlers begin on what was left.
	 */
	private static final List<Pattern> STARTING = List.of(Pattern.compile("Tomcat initialized"),
			Pattern.compile("Handler 'stepHandler' receives"));

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Posted HELD = new Posted("held", 1);

	@TempDir
	Path directory;

	private final Load load = new Load(CLIENTS, CONTACTS);

	@Test
	void losesNothingThatItAcknowledged() throws Exception {
		killAgainAndAgain(Launch.in(this.directory), FEW);
	}

	@Test
	@Tag("thorough")
	void losesNothingThatItAcknowledgedOverManyKills() throws Exception {
		killAgainAndAgain(Launch.in(this.directory), MANY);
	}

	// After each kill, the claimed deliveries are due again when the lease of the killed
	// process ends. They would be at work at each of more kills, and what is so at three
	// is a dead letter.
	@Test
	void losesNothingThatItAcknowledgedInPostgresql() throws Exception {
		killAgainAndAgain(Launch.in(this.directory)
			.with("--pulsehook.lease=3s",
					"--spring.datasource.url=" + PostgresqlServer.url(PostgresqlServer.createEmpty())),
				2);
	}

	private void killAgainAndAgain(Launch base, int kills) throws Exception {
		Launch launch = base.plugin(CrashPlugin.class);
		killWithHeldHandler(launch);
		for (int kill = 1; kill < kills; kill++) {
			if (ThreadLocalRandom.current().nextInt(4) == 0) {
				killAtStart(launch);
			}
			else {
				killUnderLoad(launch);
			}
		}
		try (ServiceProcess service = launch.start()) {
			this.load.finish(service.webhook());
			List<JsonNode> events = awaitHandled(service.operator());
			this.load.assertKeptOnce(events, 1);
			this.load.assertHandledInOrder(events, launch.handled());
			assertHeldRanAgain(launch.handled());
		}
	}

	// Kills the service while a handler runs that does not end, so that its outcome is
	// not written.
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

	// Kills the service after a random number of further acknowledgements, so that every
	// kill finds other work.
	private void killAtRandom(ServiceProcess service) throws Exception {
		int until = this.load.acknowledged() + ThreadLocalRandom.current().nextInt(1, MOST_BETWEEN_KILLS);
		WebhookClient webhook = service.webhook();
		List<Thread> threads = this.load.postUntilKilled(webhook);
		Awaitility.await()
			.atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(1))
			.until(() -> this.load.acknowledged() >= until);
		service.kill();
		for (Thread thread : threads) {
			thread.join();
		}
	}

	private static List<JsonNode> awaitHandled(OperatorClient operator) {
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(operator.events("&status=open")).as("Events not handled yet").isEmpty());
		return operator.events();
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

}
