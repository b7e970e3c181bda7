package io.pulsehook.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.pulsehook.plugin.test.BurstPlugin;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a burst outlasts the process, which is killed after each failed attempt.
 */
@Timeout(300)
class BurstRestartIT {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@TempDir
	Path directory;

	@Test
	void triesTheSameEventsAgainUnderTheSameId() throws Exception {
		Launch launch = Launch.in(this.directory)
			.plugin(BurstPlugin.class)
			.with("--pulsehook.handlers.burstHandler.quiet=2s", "--pulsehook.handlers.burstHandler.delay=4s",
					"--pulsehook.handlers.burstHandler.multiplier=1", "--pulsehook.handlers.burstHandler.jitter=0");
		try (ServiceProcess service = launch.start()) {
			post(service, 1, 2, 3);
			awaitFailures(service, 1);
			service.kill();
		}
		try (ServiceProcess service = launch.start()) {
			post(service, 4);
			awaitFailures(service, 2);
			service.kill();
		}
		try (ServiceProcess service = launch.start()) {
			Awaitility.await()
				.atMost(PATIENCE)
				.until(() -> service.operator().delivery("3").get("status").asString().equals("done"));
			assertThat(service.operator().delivery("4").get("status").asString()).isNotEqualTo("done");
		}
		List<Handled> first = launch.handled().stream().filter((handled) -> handled.eventId() == 1).toList();
		assertThat(first).extracting(Handled::attempt).containsExactly(1, 1, 1, 2, 2, 2, 3, 3, 3);
		assertThat(first).extracting(Handled::delivery).containsOnly(first.get(0).delivery());
		assertThat(first.subList(6, 9)).extracting(Handled::title)
			.containsExactly(new Posted("contact", 1).title(), new Posted("contact", 2).title(),
					new Posted("contact", 3).title());
	}

	private static void post(ServiceProcess service, int... numbers) throws Exception {
		for (int number : numbers) {
			assertThat(service.webhook().post(new Posted("contact", number).json()).statusCode()).isEqualTo(200);
		}
	}

	private static void awaitFailures(ServiceProcess service, int failures) {
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> service.operator().delivery("1").get("attempts").size() == failures);
	}

}
