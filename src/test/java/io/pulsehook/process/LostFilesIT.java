package io.pulsehook.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Deletes the database of a running service, and saves it as the page for operators says.
 */
@Timeout(300)
class LostFilesIT {

	private static final Path MANUAL = Path.of("docs", "operations.md");

	private static final String SAVING = "pid=";

	@TempDir
	private Path directory;

	@Test
	void refusesWebhooksOnceItsDatabaseIsDeletedAndLosesNoneOfThoseBefore() throws Exception {
		Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "Only Linux shows open files there");
		Launch launch = Launch.in(this.directory);
		Path data = this.directory.resolve("data");
		try (ServiceProcess service = launch.start()) {
			assertThat(service.webhook().post(new Posted("contact", 1).json()).statusCode()).isEqualTo(200);
			for (String file : List.of("pulsehook.db", "pulsehook.db-wal", "pulsehook.db-shm")) {
				Files.delete(data.resolve(file));
			}
			assertThat(service.webhook().post(new Posted("contact", 2).json()).statusCode()).isEqualTo(503);
			assertThat(service.operator().status("/actuator/health/readiness")).isEqualTo(503);
			assertThat(service.operator().status("/actuator/health/liveness")).isEqualTo(200);
			assertThat(service.log()).contains(data.resolve("pulsehook.db") + "' was deleted or replaced")
				.contains("'When files were deleted' in docs/operations.md");
			assertThat(Commands.succeed("sh", "-e", "-c",
					"cd " + this.directory + "\n" + saving().replaceFirst("pid=.*", "pid=" + service.pid())))
				.isTrue();
		}
		for (String file : List.of("pulsehook.db", "pulsehook.db-wal")) {
			Files.move(this.directory.resolve("saved").resolve(file), data.resolve(file));
		}
		try (ServiceProcess service = launch.start()) {
			assertThat(service.operator().events()).extracting((event) -> event.get("title").asString())
				.contains(new Posted("contact", 1).title());
		}
	}

	// Returns the commands on the page for operators.
	private static String saving() throws Exception {
		String manual = Files.readString(MANUAL);
		int start = manual.indexOf(SAVING);
		return manual.substring(start, manual.indexOf("```", start));
	}

}
