package io.pulsehook.receive;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.sun.management.UnixOperatingSystemMXBean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that everybody else is answered as usual while many connections do nothing, or
 * only what keeps them open.
 */
@ExtendWith(OutputCaptureExtension.class)
class CrowdTests {

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

	// There are more slow clients than the 200 threads that Tomcat has on a JVM without
	// virtual ones.
	private static final int SLOW = 300;

	private static final int IDLE = 2_000;

	/** The time for an answer, in which no slow client is given up. */
	private static final Duration PATIENCE = Duration.ofSeconds(15);

	private static RunningService service;

	@BeforeAll
	static void start(@TempDir Path directory) {
		service = new RunningService(directory.resolve("data"),
				"--pulsehook.read-timeout=" + READ_TIMEOUT.toMillis() + "ms");
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@AfterEach
	void nothingWentWrong(CapturedOutput output) {
		assertThat(output).doesNotContain("ERROR").doesNotContain(EdgeServer.TOKEN);
	}

	@Test
	void idleConnectionsHoldUpNobody() throws IOException {
		try (Crowd crowd = new Crowd(service, idleConnections())) {
			assertThat(crowd.size()).isPositive();
			everybodyElseIsAnswered();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST /webhooks/" + EdgeServer.TOKEN, "POST /webhooks/not-a-token-that-anybody-has",
			"PUT /webhooks/" + EdgeServer.TOKEN, "POST /api/events/1/replay", "PUT /actuator/health", "POST /error",
			"GET /", "OPTIONS *", "POST /console/login" })
	void slowSendersHoldUpNobody(String request) throws IOException {
		try (Crowd crowd = new Crowd(service, SLOW)) {
			crowd.send(request + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
					+ "Content-Length: 1000\r\n\r\n");
			crowd.send("[");
			everybodyElseIsAnswered();
			crowd.trySend(" ");
			everybodyElseIsAnswered();
		}
	}

	@Test
	void slowHeadsHoldUpNobody() throws IOException {
		try (Crowd crowd = new Crowd(service, SLOW)) {
			crowd.send("POST /webhooks/" + EdgeServer.TOKEN + " HTTP/1.1\r\nHost: loc");
			everybodyElseIsAnswered();
		}
	}

	private static void everybodyElseIsAnswered() {
		Awaitility.await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
			assertThat(service.health().path("status").asString()).isEqualTo("UP");
			assertThat(service.post("[{\"title\":\"open_chat\"}]").status()).isEqualTo(200);
		});
	}

	// Both ends of each connection are in this process and take a file descriptor each.
	private static int idleConnections() {
		if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
			long left = system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount();
			return (int) Math.min(IDLE, left / 4);
		}
		return IDLE;
	}

	/**
	 * Connections that are opened and closed together.
	 */
	static final class Crowd implements AutoCloseable {

		private final List<RawHttp> members = new ArrayList<>();

		Crowd(RunningService service, int size) throws IOException {
			for (int i = 0; i < size; i++) {
				this.members.add(service.connect());
			}
		}

		int size() {
			return this.members.size();
		}

		void send(String text) throws IOException {
			for (RawHttp member : this.members) {
				member.send(text);
			}
		}

		// Sends on all connections, and closes those that have been refused by now.
		void trySend(String text) {
			for (RawHttp member : this.members) {
				try {
					member.send(text);
				}
				catch (IOException ex) {
					continue;
				}
			}
		}

		@Override
		public void close() throws IOException {
			for (RawHttp member : this.members) {
				member.close();
			}
		}

	}

}
