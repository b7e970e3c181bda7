package io.pulsehook.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a data directory belongs to one process.
 */
@Timeout(300)
class SecondProcessIT {

	private static final Duration PATIENCE = Duration.ofSeconds(120);

	@TempDir
	Path directory;

	@Test
	void refusesToShareADirectory() throws Exception {
		Launch launch = Launch.in(this.directory);
		try (ServiceProcess first = launch.start()) {
			assertRefused(launch);
			// An operator may take the lock file for a leftover and delete it.
			Files.delete(this.directory.resolve("data").resolve("inbox.lock"));
			assertRefused(launch);
			assertThat(first.webhook().post(new Posted("contact", 1).json()).statusCode()).as("The first goes on")
				.isEqualTo(200);
		}
	}

	private void assertRefused(Launch launch) {
		try (ServiceProcess second = launch.begin()) {
			assertThat(second.awaitExit(PATIENCE)).isEqualTo(1);
			assertThat(second.log()).contains("APPLICATION FAILED TO START")
				.contains("The data directory '" + this.directory.resolve("data") + "' is in use by another process")
				.doesNotContain("\tat ");
		}
	}

}
