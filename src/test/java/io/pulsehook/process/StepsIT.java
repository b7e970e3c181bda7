package io.pulsehook.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.pulsehook.inbox.PostgresqlServer;
import io.pulsehook.plugin.test.StepPlugin;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills the service while a handler is between and within its steps, again and again:
 * each step that was recorded is skipped by all later attempts.
 */
@Timeout(900)
class StepsIT {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int FEW = 1;

	private static final int MANY = 20;

	private static final int EVENTS_OF_A_ROUND = 9;

	private static final int CONTACTS = 3;

	/** So many lines are sure to be written for the events of a round. */
	private static final int LINES_OF_A_ROUND = 7 * EVENTS_OF_A_ROUND;

	private static final int LONGEST_NANOS = 4_000_000;

	private static final Set<String> STEPS = Set.of("first", "second", "third");

	@TempDir
	Path directory;

	private int posted;

	@Test
	void runsEachStepOnceButForTheOneThatAKillHits() throws Exception {
		killAgainAndAgain(launch(), FEW);
	}

	@Test
	void runsEachStepOnceButForTheOneThatAKillHitsInPostgresql() throws Exception {
		killAgainAndAgain(onPostgresql(), FEW);
	}

	@Test
	@Tag("thorough")
	void runsEachStepOnceOverManyKills() throws Exception {
		killAgainAndAgain(launch(), MANY);
	}

	@Test
	@Tag("thorough")
	void runsEachStepOnceOverManyKillsInPostgresql() throws Exception {
		killAgainAndAgain(onPostgresql(), MANY);
	}

	// With one thread, a kill finds one step at most.
	private Launch launch() {
		return Launch.in(this.directory)
			.plugin(StepPlugin.class)
			.with("--pulsehook.handlers.threeStepHandler.concurrency=1",
					"--pulsehook.handlers.threeStepHandler.delay=50ms",
					"--pulsehook.handlers.threeStepHandler.jitter=0");
	}

	private Launch onPostgresql() {
		return launch().with("--pulsehook.lease=3s",
				"--spring.datasource.url=" + PostgresqlServer.url(PostgresqlServer.createEmpty()));
	}

	private void killAgainAndAgain(Launch launch, int kills) throws Exception {
		for (int kill = 0; kill < kills; kill++) {
			try (ServiceProcess service = launch.start()) {
				awaitDone(service);
				int lines = launch.handled().size() + ThreadLocalRandom.current().nextInt(LINES_OF_A_ROUND);
				post(service.webhook());
				awaitLines(launch, lines);
				LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(LONGEST_NANOS));
				service.kill();
			}
		}
		try (ServiceProcess service = launch.start()) {
			awaitDone(service);
			assertThat(service.operator().events("&status=dead")).isEmpty();
		}
		assertEachStepRanOnce(launch.handled(), kills);
	}

	// A delivery that is killed in each of three rounds would not be tried again, so that
	// nothing is left of a round when the next one begins.
	private static void awaitDone(ServiceProcess service) {
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(service.operator().events("&status=open")).isEmpty());
	}

	private void post(WebhookClient webhook) throws Exception {
		for (int i = 0; i < EVENTS_OF_A_ROUND; i++) {
			this.posted++;
			assertThat(webhook.post(new Posted("contact" + this.posted % CONTACTS, this.posted).json()).statusCode())
				.isEqualTo(200);
		}
	}

	private static void awaitLines(Launch launch, int lines) {
		Awaitility.await()
			.atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(1))
			.until(() -> launch.handled().size() >= lines);
	}

	// A step that ran again is the last that its killed process did.
	private void assertEachStepRanOnce(List<Handled> lines, int kills) {
		List<Handled> again = new ArrayList<>();
		for (String delivery : lines.stream().map(Handled::delivery).collect(Collectors.toSet())) {
			for (String step : STEPS) {
				List<Handled> effects = lines.stream()
					.filter((line) -> line.delivery().equals(delivery) && line.what().equals(step))
					.toList();
				assertThat(effects).as("%s of %s", step, delivery).isNotEmpty();
				again.addAll(effects.subList(0, effects.size() - 1));
			}
		}
		assertThat(lines.stream().map(Handled::delivery).distinct()).hasSize(this.posted);
		assertThat(again).hasSizeLessThanOrEqualTo(kills)
			.allSatisfy((line) -> assertThat(lines).filteredOn((other) -> other.process().equals(line.process()))
				.last()
				.isEqualTo(line));
	}

}
