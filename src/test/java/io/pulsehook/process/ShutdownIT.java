package io.pulsehook.process;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import io.pulsehook.plugin.test.ShutdownPlugin;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests an orderly shutdown while the service receives and handles.
 */
@Timeout(300)
class ShutdownIT {

	private static final int CLIENTS = 16;

	private static final int BEGUN_REQUESTS = 4;

	private static final int BUSY = 300;

	private static final int SIGTERM_EXIT_CODE = 143;

	private static final Duration GRACE = Duration.ofSeconds(4);

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Pattern SHUTTING_DOWN = Pattern.compile("graceful shutdown");

	private static final String PATH = "/webhooks/" + Launch.TOKEN;

	@TempDir
	Path directory;

	private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();

	private final Queue<String> unanswered = new ConcurrentLinkedQueue<>();

	private final Queue<String> refusals = new ConcurrentLinkedQueue<>();

	@Test
	void finishesWhatItBeganAndKeepsTheRest() throws Exception {
		Launch launch = Launch.in(this.directory)
			.plugin(ShutdownPlugin.class)
			.with("--pulsehook.shutdown-grace=" + GRACE.toSeconds() + "s");
		try (ServiceProcess service = launch.start()) {
			occupyHandlers(service, launch);
			List<Thread> load = startLoad(service.port());
			Awaitility.await().atMost(PATIENCE).until(() -> this.acknowledged.size() >= BUSY);
			List<RawConnection> begun = beginRequests(service.port());
			service.terminate();
			service.awaitLog(SHUTTING_DOWN);
			finishRequests(begun);
			Files.createFile(this.directory.resolve("release"));
			assertThat(service.awaitExit(GRACE.plusSeconds(20))).isEqualTo(SIGTERM_EXIT_CODE);
			for (Thread client : load) {
				client.join();
			}
		}
		try (ServiceProcess service = launch.start()) {
			OperatorClient operator = service.operator();
			Awaitility.await()
				.atMost(PATIENCE)
				.untilAsserted(() -> assertThat(operator.events("&status=open")).as("Events not handled").isEmpty());
			assertAnswered(operator.events());
			assertRunAsPromised(launch.handled());
		}
	}

	private static void occupyHandlers(ServiceProcess service, Launch launch) throws Exception {
		service.webhook().post(new Posted("finishing", 1).json("open_chat"));
		service.webhook().post(new Posted("endless", 1).json("unsubscribe"));
		Awaitility.await().atMost(PATIENCE).until(() -> launch.handled().size() == 2);
	}

	// Each request has a connection of its own: the server could close an idle one just
	// when a request is sent.
	private List<Thread> startLoad(int port) {
		List<Thread> threads = IntStream.range(0, CLIENTS)
			.mapToObj((number) -> new Thread(() -> postUntilRefused(port, "client" + number)))
			.toList();
		threads.forEach(Thread::start);
		return threads;
	}

	private void postUntilRefused(int port, String contact) {
		for (int number = 1; post(port, new Posted(contact, number)); number++) {
			Thread.onSpinWait();
		}
	}

	private boolean post(int port, Posted event) {
		try (RawConnection connection = new RawConnection(port)) {
			return answered(connection, event);
		}
		catch (ConnectException ex) {
			return false;
		}
		catch (IOException ex) {
			this.unanswered.add(event.title());
			return true;
		}
	}

	private boolean answered(RawConnection connection, Posted event) {
		String answer;
		try {
			connection.send(RawConnection.post(PATH, event.json()));
			answer = connection.readAll();
		}
		catch (IOException ex) {
			this.unanswered.add(event.title());
			return true;
		}
		if (answer.startsWith("HTTP/1.1 200 ")) {
			this.acknowledged.add(event.title());
		}
		else if (answer.isEmpty() || isOfPausedTomcat(answer)) {
			this.unanswered.add(event.title());
		}
		else {
			this.refusals.add(event.title() + ": " + answer);
		}
		return true;
	}

	// Tomcat means to answer 503 when it stops between a request's first line and its
	// headers; then it misses the Host header that it has not read, and says 400.
	private static boolean isOfPausedTomcat(String answer) {
		return answer.startsWith("HTTP/1.1 400 ") && answer.contains("Content-Type: text/html");
	}

	// Begins requests whose bodies the service has asked for, so that it has accepted
	// them.
	private static List<RawConnection> beginRequests(int port) throws IOException {
		List<RawConnection> begun = new ArrayList<>();
		for (int i = 0; i < BEGUN_REQUESTS; i++) {
			RawConnection connection = new RawConnection(port);
			String request = RawConnection.post(PATH, begun(i).json(), "Expect: 100-continue");
			connection.send(request.substring(0, request.indexOf("\r\n\r\n") + 4));
			assertThat(connection.readHead()).startsWith("HTTP/1.1 100");
			begun.add(connection);
		}
		return begun;
	}

	private void finishRequests(List<RawConnection> begun) throws IOException {
		for (int i = 0; i < begun.size(); i++) {
			try (RawConnection connection = begun.get(i)) {
				connection.send(begun(i).json());
				assertThat(connection.readAll()).as("The answer to a request that was begun before the shutdown")
					.startsWith("HTTP/1.1 200 ");
				this.acknowledged.add(begun(i).title());
			}
		}
	}

	private static Posted begun(int number) {
		return new Posted("begun", number);
	}

	private void assertAnswered(List<JsonNode> events) {
		Set<String> kept = new HashSet<>();
		events.forEach((event) -> kept.add(event.get("title").asString()));
		assertThat(kept).as("Kept, of what was acknowledged").containsAll(this.acknowledged);
		assertThat(this.refusals).as("Answers other than 200").isEmpty();
		// When Tomcat stops listening, it drops connections of which it has read next to
		// nothing. As with refused ones, nothing may be kept of these.
		assertThat(this.unanswered).as("Kept and not acknowledged").doesNotContainAnyElementsOf(kept);
		assertThat(this.unanswered).as("Let go before they were read").hasSizeLessThanOrEqualTo(4 * CLIENTS);
	}

	private static void assertRunAsPromised(List<Handled> handled) {
		assertThat(runs(handled, "finishingHandler")).as("The handler that ends within the grace period")
			.containsExactly("begin", "end");
		assertThat(runs(handled, "endlessHandler")).as("The handler that does not")
			.containsExactly("begin", "failed", "begin", "end");
		assertThat(handled).filteredOn((line) -> line.by("endlessHandler"))
			.extracting((line) -> line.delivery() + " attempt " + line.attempt())
			.as("Its delivery and attempt")
			.hasSize(4)
			.containsOnly(handled.stream()
				.filter((line) -> line.by("endlessHandler"))
				.map((line) -> line.delivery() + " attempt 1")
				.findFirst()
				.orElseThrow());
		assertThat(handled).filteredOn((line) -> line.by("stepHandler") && line.began())
			.extracting(Handled::delivery)
			.as("Deliveries that were run")
			.doesNotHaveDuplicates();
	}

	private static List<String> runs(List<Handled> handled, String handler) {
		return handled.stream().filter((line) -> line.by(handler)).map(Handled::what).toList();
	}

}
