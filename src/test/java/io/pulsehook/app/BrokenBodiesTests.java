package io.pulsehook.app;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a client whose body is broken or breaks off gets an answer that says so.
 */
class BrokenBodiesTests {

	private static final String TOKEN = "a-token-for-the-tests-of-broken-bodies";

	private static final String CREDENTIALS = Base64.getEncoder()
		.encodeToString("user:secret".getBytes(StandardCharsets.US_ASCII));

	private static ConfigurableApplicationContext context;

	@BeforeAll
	static void start(@TempDir Path directory) {
		context = SpringApplication.from(PulsehookApplication::main)
			.run("--server.port=0", "--pulsehook.token=" + TOKEN, "--pulsehook.data-dir=" + directory.resolve("data"),
					"--spring.security.user.password=secret")
			.getApplicationContext();
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	static Stream<Arguments> brokenBodies() {
		return Stream.of("/webhooks/" + TOKEN, "/webhooks/unknown-token-of-somebody", "/api/replays", "/nowhere")
			.flatMap((path) -> Stream
				.of("Transfer-Encoding: chunked\r\n\r\nzz\r\n",
						"Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\"\r\nzz\r\n",
						"Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":XX5\r\n",
						"Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\"", "Content-Length: 50\r\n\r\n{\"a\"",
						"Content-Length: 50\r\n\r\n")
				.flatMap((body) -> Stream.of("application/json", "application/x-www-form-urlencoded")
					.map((type) -> Arguments.of(path, type, body))));
	}

	@ParameterizedTest
	@MethodSource("brokenBodies")
	void areAnswered(String path, String type, String body) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
			socket.setSoTimeout(20_000);
			String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type + "\r\n"
					+ "Authorization: Basic " + CREDENTIALS + "\r\n";
			socket.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
			socket.shutdownOutput();
			assertThat(firstLine(socket.getInputStream())).matches("HTTP/1.1 (400|404)\\s*");
		}
	}

	private static int port() {
		return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
	}

	private static String firstLine(InputStream in) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
			line.append((char) next);
		}
		return line.toString();
	}

}
