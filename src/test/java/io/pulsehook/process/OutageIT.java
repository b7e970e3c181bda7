package io.pulsehook.process;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import io.pulsehook.plugin.test.CrashPlugin;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fills the disk or makes it read-only, and tests that nothing acknowledged is lost. The
 * test needs to mount a small disk.
 */
@Timeout(300)
class OutageIT {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final int POSTS_BEFORE = 20;

	private static final int MOST_POSTS_UNTIL_FULL = 100;

	private static final int POSTS_WHILE_FULL = 200;

	private static final int MOST_LINES = 10;

	@TempDir
	Path directory;

	private Path disk = Path.of("disk");

	private final List<Posted> acknowledged = new ArrayList<>();

	private final List<Posted> refused = new ArrayList<>();

	private int next;

	@BeforeEach
	void mount() throws IOException {
		this.disk = Files.createDirectory(this.directory.resolve("disk"));
		Assumptions.assumeTrue(
				Commands.succeed("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", this.disk.toString()),
				"Only root may mount");
	}

	@AfterEach
	void unmount() {
		Commands.succeed("umount", "-l", this.disk.toString());
	}

	@Test
	void recoversFromAFullDiskByItself() throws Exception {
		Launch launch = Launch.in(this.directory).data(this.disk).plugin(CrashPlugin.class);
		try (ServiceProcess service = launch.start()) {
			for (int i = 0; i < POSTS_BEFORE; i++) {
				assertThat(post(service.webhook()).statusCode()).isEqualTo(200);
			}
			assertThat(service.operator().status("/actuator/health/readiness")).isEqualTo(200);
			long linesBefore = service.log().lines().count();
			Path ballast = fill();
			assertRefusedWhileFull(service);
			Files.delete(ballast);
			awaitAccepted(service.webhook());
			assertNothingLost(service.operator());
			assertThat(service.operator().status("/actuator/health/readiness")).isEqualTo(200);
			assertToldBriefly(service.log(), linesBefore);
		}
	}

	@Test
	void saysThatTheDirectoryIsReadOnly() {
		assertThat(Commands.succeed("mount", "-o", "remount,ro", this.disk.toString())).isTrue();
		try (ServiceProcess service = Launch.in(this.directory).data(this.disk).begin()) {
			assertThat(service.awaitExit(PATIENCE.multipliedBy(4))).isEqualTo(1);
			assertThat(service.log()).contains("APPLICATION FAILED TO START")
				.contains("The data directory '" + this.disk + "' cannot be used")
				.contains("Read-only file system")
				.doesNotContain("\tat ");
		}
	}

	private HttpResponse<String> post(WebhookClient webhook) throws Exception {
		return post(webhook, new Posted("contact", this.next++));
	}

	private HttpResponse<String> post(WebhookClient webhook, Posted event) throws Exception {
		HttpResponse<String> response = webhook.post(event.json());
		((response.statusCode() == 200) ? this.acknowledged : this.refused).add(event);
		return response;
	}

	private Path fill() throws IOException {
		Path ballast = this.disk.resolve("ballast");
		byte[] page = new byte[4096];
		try (OutputStream out = Files.newOutputStream(ballast)) {
			while (true) {
				out.write(page);
			}
		}
		catch (IOException ex) {
			assertThat(Files.size(ballast)).isPositive();
			return ballast;
		}
	}

	private void assertRefusedWhileFull(ServiceProcess service) throws Exception {
		WebhookClient webhook = service.webhook();
		HttpResponse<String> response = post(webhook);
		while (response.statusCode() == 200 && this.next < MOST_POSTS_UNTIL_FULL) {
			response = post(webhook);
		}
		for (int i = 0; i < POSTS_WHILE_FULL; i++) {
			assertThat(response.statusCode()).as("%s", response.body()).isEqualTo(503);
			assertThat(response.headers().firstValue("Retry-After")).isPresent();
			response = post(webhook);
		}
		assertThat(service.operator().status("/actuator/health/readiness")).isEqualTo(503);
		assertThat(service.operator().status("/actuator/health/liveness")).isEqualTo(200);
	}

	// Waits until the service accepts events, and sends again those that it has refused.
	private void awaitAccepted(WebhookClient webhook) throws Exception {
		Awaitility.await().atMost(PATIENCE).until(() -> post(webhook).statusCode() == 200);
		List<Posted> again = List.copyOf(this.refused);
		this.refused.clear();
		for (Posted event : again) {
			assertThat(post(webhook, event).statusCode()).isEqualTo(200);
		}
	}

	private void assertNothingLost(OperatorClient operator) {
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(operator.events("&status=open")).as("Events not handled yet").isEmpty());
		List<JsonNode> events = operator.events();
		assertThat(events).extracting((event) -> event.get("title").asString())
			.containsExactlyInAnyOrderElementsOf(this.acknowledged.stream().map(Posted::title).toList());
		assertThat(events).extracting((event) -> event.get("duplicates").asInt())
			.as("How often each was found to be stored before: never, as it was refused")
			.containsOnly(0);
	}

	private static void assertToldBriefly(String log, long linesBefore) {
		List<String> told = log.lines().skip(linesBefore).toList();
		assertThat(told).as("What the log says of the outage")
			.hasSizeLessThanOrEqualTo(MOST_LINES)
			.anyMatch((line) -> line.contains("SQLITE_FULL"));
		assertThat(String.join("\n", told)).contains("The inbox cannot be written")
			.contains("The inbox can be written again");
	}

}
