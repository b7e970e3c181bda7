package io.pulsehook.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the jar contains what the service needs and no other library.
 */
@Timeout(180)
class ContentsIT {

	private static final Pattern NEEDLESS = Pattern
		.compile("kotlin|okhttp|okio|websocket|protobuf-|opentelemetry-proto|registry-otlp|processor|junit|test"
				+ "|devtools|lombok|guava");

	@Test
	void hasNothingInItThatNobodyNeeds() throws IOException {
		try (JarFile jar = new JarFile(System.getProperty("pulsehook.jar"))) {
			List<String> libraries = jar.stream()
				.map((entry) -> entry.getName())
				.filter((name) -> name.startsWith("BOOT-INF/lib/") && name.endsWith(".jar"))
				.toList();
			assertThat(libraries).hasSizeGreaterThan(50)
				.allSatisfy((name) -> assertThat(name).doesNotContainPattern(NEEDLESS));
		}
	}

	@Test
	void canStillSendSpans(@TempDir Path directory) throws Exception {
		Queue<String> received = new ConcurrentLinkedQueue<>();
		HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		collector.createContext("/v1/traces", (exchange) -> collect(exchange, received));
		collector.start();
		Launch launch = Launch.in(directory)
			.with("--management.opentelemetry.tracing.export.otlp.endpoint=http://127.0.0.1:"
					+ collector.getAddress().getPort() + "/v1/traces", "--management.tracing.sampling.probability=1.0",
					"--management.opentelemetry.tracing.export.schedule-delay=50ms");
		try (ServiceProcess service = launch.start()) {
			assertThat(service.webhook().post(new Posted("somebody", 1).json()).statusCode()).isEqualTo(200);
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(String.join("\n", received)).contains("application/x-protobuf",
						"store events"));
		}
		finally {
			collector.stop(0);
		}
	}

	private static void collect(HttpExchange exchange, Queue<String> received) throws IOException {
		try (exchange) {
			String type = exchange.getRequestHeaders().getFirst("Content-Type");
			received
				.add(type + " " + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
			exchange.sendResponseHeaders(200, -1);
		}
	}

}
