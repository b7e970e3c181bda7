package io.pulsehook.process;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import io.pulsehook.plugin.test.IsolationPlugin;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that receiving and a healthy handler go on beside handlers that use up the
 * processor, threads, stack and memory.
 */
@Timeout(300)
class IsolationIT {

	private static final Log logger = LogFactory.getLog(IsolationIT.class);

	private static final int POSTS = 500;

	private static final int CLIENTS = 4;

	private static final Duration SLOWEST_HALF = Duration.ofSeconds(1);

	/** Spinning handlers and other tests share two processors with the answers. */
	private static final Duration SLOWEST_P99 = Duration.ofSeconds(3);

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@TempDir
	Path directory;

	@Test
	void keepsBadHandlersFromTheirNeighbours() throws Exception {
		besiege(Launch.in(this.directory));
	}

	// On Java 25, HTTP threads are virtual, and a spinning handler could keep them
	// waiting.
	@Test
	@EnabledIfEnvironmentVariable(named = "JAVA_HOME_25_X64", matches = ".+")
	void keepsBadHandlersFromTheirNeighboursOnJava25() throws Exception {
		besiege(Launch.in(this.directory).on(Path.of(System.getenv("JAVA_HOME_25_X64"))));
	}

	private static void besiege(Launch launch) throws Exception {
		try (ServiceProcess service = launch.plugin(IsolationPlugin.class)
			.with("--pulsehook.handlers.spinningHandler.concurrency=2",
					"--pulsehook.handlers.spinningHandler.timeout=1s", "--pulsehook.handlers.deafHandler.timeout=1s",
					"--pulsehook.handlers.overflowingHandler.max-retries=0",
					"--pulsehook.handlers.gluttonousHandler.max-retries=0")
			.start()) {
			awaitHung(service, launch);
			assertAnswered(post(service.webhook()));
			Awaitility.await()
				.atMost(PATIENCE)
				.untilAsserted(() -> assertThat(launch.handled().stream().filter(IsolationIT::isHealthy))
					.as("Events that the healthy handler has handled")
					.hasSize(POSTS + CLIENTS));
		}
	}

	// Posts events that fill the bad handlers' threads, and waits until these hang.
	private static void awaitHung(ServiceProcess service, Launch launch) throws Exception {
		for (int i = 0; i < CLIENTS; i++) {
			assertThat(service.webhook().post(new Posted("first" + i, 0).json()).statusCode()).isEqualTo(200);
		}
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
			assertThat(service.operator()
				.get("/actuator/health")
				.at("/components/inbox/details/hungHandlers")
				.propertyNames()).as("Handlers that health calls hung")
				.containsExactly("deafHandler", "spinningHandler");
			assertThat(statuses(service.operator().get("/api/events/1"))).as("Statuses of the first event's deliveries")
				.containsExactly("deafHandler hung", "gluttonousHandler dead", "healthyHandler done",
						"overflowingHandler dead", "spinningHandler hung");
		});
		assertThat(launch.handled()).filteredOn((line) -> line.by("spinningHandler")).hasSize(2);
	}

	private static List<String> statuses(JsonNode event) {
		List<String> statuses = new ArrayList<>();
		event.get("deliveries")
			.forEach((delivery) -> statuses
				.add(delivery.get("handler").asString() + " " + delivery.get("status").asString()));
		return statuses;
	}

	private static List<Duration> post(WebhookClient webhook) throws Exception {
		ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
		try {
			List<Future<Duration>> answers = new ArrayList<>();
			for (int i = 0; i < POSTS; i++) {
				Posted event = new Posted("contact" + i % CLIENTS, i);
				answers.add(clients.submit(() -> time(webhook, event)));
			}
			List<Duration> times = new ArrayList<>();
			for (Future<Duration> answer : answers) {
				times.add(answer.get());
			}
			return times;
		}
		finally {
			clients.shutdownNow();
		}
	}

	private static Duration time(WebhookClient webhook, Posted event) throws Exception {
		long began = System.nanoTime();
		HttpResponse<String> response = webhook.post(event.json());
		assertThat(response.statusCode()).as("%s", response.body()).isEqualTo(200);
		return Duration.ofNanos(System.nanoTime() - began);
	}

	private static void assertAnswered(List<Duration> times) {
		List<Duration> sorted = times.stream().sorted().toList();
		Duration half = sorted.get(sorted.size() / 2);
		Duration p99 = sorted.get(sorted.size() * 99 / 100);
		logger.info("Answers beside bad handlers: p50 %d ms, p99 %d ms, slowest %d ms".formatted(half.toMillis(),
				p99.toMillis(), sorted.get(sorted.size() - 1).toMillis()));
		assertThat(half).as("p50 of the answers").isLessThan(SLOWEST_HALF);
		assertThat(p99).as("p99 of the answers").isLessThan(SLOWEST_P99);
	}

	private static boolean isHealthy(Handled line) {
		return line.by("healthyHandler") && line.ended();
	}

}
