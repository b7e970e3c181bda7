package io.pulsehook.app.limits;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import io.pulsehook.app.PulsehookApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the limits follow the configuration of the service.
 */
class LimitConfigurationTests {

	private static ConfigurableApplicationContext context;

	@BeforeAll
	static void start(@TempDir Path directory) {
		context = SpringApplication.from(PulsehookApplication::main)
			.run("--server.port=0", "--pulsehook.token=a-token-for-the-tests-of-the-guard",
					"--pulsehook.data-dir=" + directory.resolve("data"), "--pulsehook.api.enabled=false",
					"--management.endpoints.web.base-path=/", "--management.endpoints.web.path-mapping.health=alive")
			.getApplicationContext();
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	@Test
	void acceptsNothingLargeForAnApiThatIsNotThere() throws IOException {
		assertThat(answer("POST /api/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 65537\r\n\r\n"))
			.startsWith("HTTP/1.1 413 ");
	}

	// That the connection is closed shows that the request had a place for probes: other
	// requests without a body keep theirs open.
	@Test
	void findsHealthWhereItIs() throws IOException {
		assertThat(answer("GET /alive/liveness HTTP/1.1\r\nHost: localhost\r\n\r\n")).startsWith("HTTP/1.1 200 ")
			.contains("Connection: close");
	}

	private static String answer(String request) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(),
				context.getEnvironment().getRequiredProperty("local.server.port", Integer.class))) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			byte[] some = new byte[4096];
			int count = socket.getInputStream().read(some);
			return new String(some, 0, Math.max(count, 0), StandardCharsets.US_ASCII);
		}
	}

}
