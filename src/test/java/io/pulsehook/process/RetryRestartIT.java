package io.pulsehook.process;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import io.pulsehook.plugin.test.RetryPlugin;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that retries outlast the process, which is killed after each failed attempt.
 */
@Timeout(300)
class RetryRestartIT {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@TempDir
	Path directory;

	@Test
	void goesOnRetryingWhereTheKilledProcessWas() throws Exception {
		Launch launch = Launch.in(this.directory)
			.plugin(RetryPlugin.class)
			.with("--pulsehook.handlers.thirdTimeHandler.delay=3s",
					"--pulsehook.handlers.thirdTimeHandler.multiplier=4",
					"--pulsehook.handlers.thirdTimeHandler.jitter=0");
		Duration first;
		Duration second;
		try (ServiceProcess service = launch.start()) {
			// The first answer of the API is slow, so it is asked for before the time of
			// an attempt matters.
			assertThat(service.operator().events()).isEmpty();
			assertThat(service.webhook().post(new Posted("contact", 1).json()).statusCode()).isEqualTo(200);
			first = pauseAfter(1, service.operator());
			service.kill();
		}
		try (ServiceProcess service = launch.start()) {
			second = pauseAfter(2, service.operator());
			service.kill();
		}
		try (ServiceProcess service = launch.start()) {
			Awaitility.await().atMost(PATIENCE).until(() -> status(service.operator()).equals("done"));
		}
		assertThat(List.of(first, second)).containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(12));
		List<Handled> attempts = launch.handled().stream().filter(Handled::began).toList();
		assertThat(attempts).extracting(Handled::attempt).containsExactly(1, 2, 3);
		assertThat(attempts).extracting(Handled::delivery).containsOnly(attempts.get(0).delivery());
		assertThat(pause(attempts, 0)).as("The pause before attempt 2").isGreaterThanOrEqualTo(first);
		assertThat(pause(attempts, 1)).as("The pause before attempt 3").isGreaterThanOrEqualTo(second);
	}

	private static Duration pause(List<Handled> attempts, int index) {
		return Duration.between(attempts.get(index).at(), attempts.get(index + 1).at());
	}

	// Returns the pause that the database has once this many attempts have failed.
	private static Duration pauseAfter(int failures, OperatorClient operator) {
		JsonNode delivery = Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> operator.delivery("1"), (current) -> current.get("attempts").size() == failures);
		Instant failed = instant(delivery.get("attempts").get(failures - 1).get("finishedAt"));
		return Duration.between(failed, instant(delivery.get("dueAt")));
	}

	private static Instant instant(JsonNode node) {
		return Instant.parse(node.asString());
	}

	private static String status(OperatorClient operator) {
		return operator.delivery("1").get("status").asString();
	}

}
