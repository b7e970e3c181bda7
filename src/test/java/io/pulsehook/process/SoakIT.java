package io.pulsehook.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import io.pulsehook.plugin.test.SoakPlugin;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests everything at once and for longer: load, failing handlers, restarts of both
 * kinds, a full disk, retention. {@code ./mvnw verify -Psoak -Dsoak.minutes=10} runs only
 * this test. In the first third the service is restarted often; then it runs without a
 * restart, and must take no more of the machine at the end than when it was warm.
 */
@Timeout(value = 1, unit = TimeUnit.DAYS)
class SoakIT {

	private static final Log logger = LogFactory.getLog(SoakIT.class);

	private static final Duration TIME = Duration.ofMinutes(Integer.getInteger("soak.minutes", 10));

	private static final int CLIENTS = 4;

	/** Longer runs post more slowly, so that the disk and the record stay small. */
	private static final int MOST_EVENTS = 60_000;

	private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);

	private static final int DISK_MEGABYTES = 256;

	private static final List<String> HANDLERS = List.of("erringHandler", "failingHandler", "hangingHandler",
			"healthyHandler");

	private static final int SAMPLES_COMPARED = 3;

	private static final int FILLED_EVERY = 3;

	private static final Duration LONGEST_FULL = Duration.ofSeconds(10);

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	private static final int SIGTERM_EXIT_CODE = 143;

	private static final long MORE_HEAP = 16 * 1024;

	private static final long MORE_RESIDENT = 48 * 1024;

	private static final long MORE_THREADS = 12;

	private static final long MORE_FILES = 12;

	@TempDir
	Path directory;

	private final List<SoakClient> clients = new ArrayList<>();

	private final List<Footprint> samples = new ArrayList<>();

	private final List<String> table = new ArrayList<>();

	private final Instant began = Instant.now();

	private volatile @Nullable WebhookClient webhook;

	private volatile int port;

	private volatile boolean ended;

	private int kills;

	private int terminations;

	private int outages;

	@Test
	void losesNothingAndTakesNoMoreOfTheMachineInTime() throws Exception {
		try (SmallDisk disk = new SmallDisk(this.directory.resolve("disk"), DISK_MEGABYTES)) {
			Launch launch = launch(disk);
			try {
				liveShortly(launch);
				liveLong(launch, disk);
				check(launch);
			}
			finally {
				this.ended = true;
				stopClients(Duration.ofSeconds(1));
				report();
			}
		}
	}

	private Launch launch(SmallDisk disk) {
		return Launch.in(this.directory)
			.data(disk.directory())
			.plugin(SoakPlugin.class)
			.with("--pulsehook.defaults.delay=100ms", "--pulsehook.defaults.max-delay=2s",
					"--pulsehook.defaults.jitter=50ms", "--pulsehook.handlers.hangingHandler.timeout=500ms",
					"--pulsehook.retention=30s", "--pulsehook.dead-retention=1d", "--pulsehook.shutdown-grace=5s");
	}

	private void liveShortly(Launch launch) throws Exception {
		Instant until = this.began.plus(TIME.dividedBy(3));
		while (Instant.now().isBefore(until)) {
			try (ServiceProcess current = start(launch)) {
				awaitAcknowledged(ThreadLocalRandom.current().nextInt(100, 1_500));
				if (this.kills > this.terminations) {
					terminate(current);
				}
				else {
					current.kill();
					this.kills++;
				}
			}
		}
	}

	private ServiceProcess start(Launch launch) {
		ServiceProcess started = launch.start();
		this.port = started.port();
		this.webhook = started.webhook();
		if (this.clients.isEmpty()) {
			startClients();
		}
		return started;
	}

	private void startClients() {
		long nanos = TIME.toNanos() * CLIENTS * 2 / MOST_EVENTS;
		Duration pause = (nanos > SHORTEST_PAUSE.toNanos()) ? Duration.ofNanos(nanos) : SHORTEST_PAUSE;
		IntStream.range(0, CLIENTS)
			.forEach((number) -> this.clients
				.add(new SoakClient(number, () -> Objects.requireNonNull(this.webhook), pause)));
		this.clients.forEach(SoakClient::start);
		Thread leaver = new Thread(() -> leaveHalfway(pause.multipliedBy(CLIENTS)));
		leaver.setDaemon(true);
		leaver.start();
	}

	// Plays a client that again and again leaves before it has sent everything.
	private void leaveHalfway(Duration pause) {
		String request = RawConnection.post("/webhooks/" + Launch.TOKEN, new Posted("leaver", 1).json());
		while (!this.ended) {
			LockSupport.parkNanos(pause.toNanos());
			try (RawConnection connection = new RawConnection(this.port)) {
				connection.send(request.substring(0, request.length() - ThreadLocalRandom.current().nextInt(1, 200)));
			}
			catch (IOException ex) {
				logger.debug("Nobody is there to be left", ex);
			}
		}
	}

	private void awaitAcknowledged(int more) {
		int until = sum(SoakClient::acknowledgements) + more;
		Awaitility.await().atMost(PATIENCE).until(() -> sum(SoakClient::acknowledgements) >= until);
	}

	private void terminate(ServiceProcess current) {
		current.terminate();
		assertThat(current.awaitExit(Duration.ofSeconds(60))).isEqualTo(SIGTERM_EXIT_CODE);
		this.terminations++;
	}

	private void liveLong(Launch launch, SmallDisk disk) throws Exception {
		try (ServiceProcess current = start(launch)) {
			Instant warm = Instant.now().plus(TIME.dividedBy(6));
			Instant until = this.began.plus(TIME);
			int round = 0;
			while (Instant.now().isBefore(until)) {
				if (round++ % FILLED_EVERY == 0 && disk.isMounted()) {
					fillAndFree(disk);
				}
				awaitAcknowledged((int) Math.max(500, TIME.toMinutes() * 50));
				sample(current, Instant.now().isAfter(warm));
			}
			stopClients(PATIENCE);
			terminate(current);
		}
	}

	private void fillAndFree(SmallDisk disk) throws IOException {
		int before = sum(SoakClient::refusals);
		disk.fill();
		try {
			Awaitility.await().atMost(LONGEST_FULL).until(() -> sum(SoakClient::refusals) > before + CLIENTS);
			this.outages++;
		}
		catch (ConditionTimeoutException ex) {
			logger.info("The disk was full, but what was posted found room in the files as they were");
		}
		finally {
			disk.free();
		}
	}

	private void sample(ServiceProcess current, boolean warm) throws Exception {
		Footprint footprint = Footprint.of(current.pid());
		if (warm) {
			this.samples.add(footprint);
		}
		this.table
			.add("%6d %9s %10d %10d %9d %9d %8d %6d".formatted(Duration.between(this.began, Instant.now()).toSeconds(),
					warm ? "warm" : "cold", sum(SoakClient::acknowledgements), sum(SoakClient::refusals),
					footprint.heap(), footprint.resident(), footprint.threads(), footprint.files()));
	}

	private void stopClients(Duration patience) throws InterruptedException {
		for (SoakClient client : this.clients) {
			client.stop(patience);
		}
	}

	private void check(Launch launch) throws Exception {
		assertThat(this.clients.stream().flatMap((client) -> client.surprises().stream()))
			.as("Answers that should not be")
			.isEmpty();
		try (ServiceProcess current = launch.start()) {
			OperatorClient operator = current.operator();
			Awaitility.await()
				.atMost(PATIENCE)
				.untilAsserted(() -> assertThat(operator.events("&status=open")).as("Unfinished events").isEmpty());
			assertNothingLost(launch.handled(), dead(operator));
		}
		assertInOrder(launch.handled());
		assertNoMoreTaken();
	}

	// Returns the dead letters, each as the handler's name and the event's title.
	private static Set<String> dead(OperatorClient operator) {
		Set<String> dead = new HashSet<>();
		for (JsonNode event : operator.events("&status=dead")) {
			JsonNode details = operator.get("/api/events/" + event.get("id").asString());
			for (JsonNode delivery : details.get("deliveries")) {
				if (delivery.get("status").asString().equals("dead")) {
					dead.add(delivery.get("handler").asString() + " " + event.get("title").asString());
				}
			}
		}
		return dead;
	}

	private void assertNothingLost(List<Handled> handled, Set<String> dead) {
		Map<String, String> ended = new HashMap<>();
		List<String> storedTwice = new ArrayList<>();
		for (Handled line : handled) {
			String delivery = ended.put(line.handler() + " " + line.title(), line.delivery());
			if (delivery != null && !delivery.equals(line.delivery())) {
				storedTwice.add(delivery + " and " + line.delivery());
			}
		}
		Set<String> missing = new HashSet<>();
		this.clients.forEach((client) -> client.titles()
			.forEach((title) -> HANDLERS.forEach((handler) -> missing.add(handler + " " + title))));
		int expected = missing.size();
		missing.removeAll(ended.keySet());
		missing.removeAll(dead);
		this.table.add("%d deliveries: %d done, %d dead; %d runs were repeated".formatted(expected, ended.size(),
				dead.size(), handled.size() - ended.size()));
		assertThat(missing).as("Deliveries of acknowledged events that are neither done nor dead").isEmpty();
		assertThat(storedTwice).as("Deliveries of one event that was stored twice").isEmpty();
		assertThat(ended.size() + dead.size()).as("Deliveries that were done or are dead")
			.isGreaterThanOrEqualTo(expected);
	}

	private static void assertInOrder(List<Handled> handled) {
		Set<String> seen = new HashSet<>();
		Map<String, Handled> last = new HashMap<>();
		for (Handled line : handled) {
			if (seen.add(line.delivery())) {
				Handled before = last.put(line.handler() + " " + line.contact(), line);
				assertThat((before != null) ? number(before) : -1)
					.as("What %s handled of %s before %s", line.handler(), line.contact(), line.title())
					.isLessThan(number(line));
			}
		}
	}

	// The last word of a title is the number of the post for its contact.
	private static int number(Handled line) {
		return Integer.parseInt(line.title().substring(line.title().lastIndexOf(' ') + 1));
	}

	private void assertNoMoreTaken() {
		int size = this.samples.size();
		assertThat(size).as("Samples of the warm service; take more minutes")
			.isGreaterThanOrEqualTo(2 * SAMPLES_COMPARED);
		Footprint first = Footprint.median(this.samples.subList(0, SAMPLES_COMPARED));
		Footprint last = Footprint.median(this.samples.subList(size - SAMPLES_COMPARED, size));
		this.table.add("warm:  %s".formatted(first));
		this.table.add("last:  %s".formatted(last));
		SoftAssertions.assertSoftly((all) -> {
			all.assertThat(last.heap()).as("Heap (kB) after %s", TIME).isLessThan(first.heap() + MORE_HEAP);
			all.assertThat(last.resident()).as("Memory (kB)").isLessThan(first.resident() + MORE_RESIDENT);
			all.assertThat(last.threads()).as("Threads").isLessThan(first.threads() + MORE_THREADS);
			all.assertThat(last.files()).as("Open files").isLessThan(first.files() + MORE_FILES);
		});
	}

	private int sum(ToIntFunction<SoakClient> figure) {
		return this.clients.stream().mapToInt(figure).sum();
	}

	private void report() throws IOException {
		String head = "%6s %9s %10s %10s %9s %9s %8s %6s".formatted("second", "", "accepted", "refused", "heap kB",
				"rss kB", "threads", "files");
		String faults = "%d kills, %d terminations, %d times full, %d requests unanswered".formatted(this.kills,
				this.terminations, this.outages, sum(SoakClient::unanswered));
		String report = head + "\n" + String.join("\n", this.table) + "\n" + faults;
		logger.info("Soak of " + TIME + ":\n" + report);
		Files.writeString(Files.createDirectories(Path.of("target")).resolve("soak.txt"), report + "\n");
	}

}
