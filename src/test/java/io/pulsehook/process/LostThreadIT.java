package io.pulsehook.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.pulsehook.plugin.test.DeadlyPlugin;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Stops the writer's thread by force, without which the service is of no use, and tests
 * that the process ends and goes on when it is started again.
 */
@Timeout(300)
class LostThreadIT {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int LOST_THREAD = 70;

	@TempDir
	Path directory;

	@Test
	void endsTheProcessAndLosesNothing() throws Exception {
		Launch launch = Launch.in(this.directory).plugin(DeadlyPlugin.class).with("--pulsehook.shutdown-grace=1s");
		Path way = this.directory.resolve("deadly");
		try (ServiceProcess service = launch.start()) {
			for (int number = 1; number <= 2; number++) {
				assertThat(service.webhook().post(new Posted("deadly", number).json()).statusCode()).isEqualTo(200);
			}
			Awaitility.await()
				.atMost(PATIENCE)
				.until(() -> launch.handled().stream().anyMatch((line) -> line.by("deadlyHandler")));
			Files.writeString(way, "stop");
			// The writer's thread ends with the commit of this event, which may be kept
			// or not.
			service.webhook().post(new Posted("other", 1).json());
			assertThat(service.awaitExit(PATIENCE)).isEqualTo(LOST_THREAD);
			assertThat(service.log()).contains("since its thread 'pulsehook-writer' is lost");
		}
		Files.writeString(way, "nothing");
		try (ServiceProcess service = launch.start()) {
			assertThat(service.operator().events()).hasSizeBetween(2, 3);
			Awaitility.await()
				.atMost(PATIENCE)
				.untilAsserted(() -> assertThat(service.operator().events("&status=open")).isEmpty());
		}
	}

}
