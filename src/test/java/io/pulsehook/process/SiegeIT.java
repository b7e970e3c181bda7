package io.pulsehook.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests a service with a small heap that a crowd attacks. Honest posts and the probes of
 * an orchestrator are answered meanwhile and afterwards, and what the attack took is
 * given back.
 */
@Timeout(120)
class SiegeIT {

	private static final Duration LASTS = Duration.ofSeconds(3);

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final long SLOWEST_P99_MILLIS = 2_000;

	/**
	 * The heap may grow by this much, for classes that first requests load and for what
	 * is kept for the next ones.
	 */
	private static final long HEAP_KILOBYTES = 16 * 1024;

	private static final long FILES = 20;

	private static final Map<Path, ServiceProcess> services = new LinkedHashMap<>();

	@TempDir
	static Path directory;

	@AfterAll
	static void stop() {
		services.values().forEach(ServiceProcess::close);
	}

	// One of each kind: bodies, half requests, webhooks, answers that nobody reads.
	@ParameterizedTest
	@EnumSource(names = { "LARGE_FORMS", "GUESSED_TOKENS", "HALF_WEBHOOKS", "LARGE_EVENTS", "UNREAD_ANSWERS" })
	void receivesHonestPostsWhatEverACrowdDoes(Attack attack) throws Exception {
		receivesHonestPosts(Path.of(System.getProperty("java.home")), attack);
	}

	@Tag("thorough")
	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE,
			names = { "LARGE_FORMS", "GUESSED_TOKENS", "HALF_WEBHOOKS", "LARGE_EVENTS", "UNREAD_ANSWERS" })
	void receivesHonestPostsWhateverElseACrowdDoes(Attack attack) throws Exception {
		receivesHonestPosts(Path.of(System.getProperty("java.home")), attack);
	}

	@Tag("thorough")
	@EnabledIfEnvironmentVariable(named = "JAVA_HOME_25_X64", matches = ".+")
	@ParameterizedTest
	@EnumSource
	void receivesHonestPostsOnVirtualThreadsToo(Attack attack) throws Exception {
		receivesHonestPosts(Path.of(System.getenv("JAVA_HOME_25_X64")), attack);
	}

	private static void receivesHonestPosts(Path jdk, Attack attack) throws Exception {
		ServiceProcess service = services.computeIfAbsent(jdk, SiegeIT::start);
		Footprint before = Footprint.of(service.pid());
		HonestSenders senders = HonestSenders.of(service);
		try (Siege siege = Siege.of(attack, service.port())) {
			Awaitility.await().atMost(PATIENCE).until(siege::isFull);
			senders.post(LASTS);
		}
		senders.post(Duration.ofSeconds(1));
		assertThat(senders.failures()).as("Posts and probes that were not answered with 200").isEmpty();
		assertThat(senders.p99Millis()).as("p99 of the answers in ms").isLessThan(SLOWEST_P99_MILLIS);
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThatAllIsGivenBack(service, before));
		assertThat(service.log()).doesNotContain("OutOfMemoryError", " ERROR ");
		assertThat(spooled(jdk)).as("Files of uploads").isEmpty();
	}

	private static ServiceProcess start(Path jdk) {
		Path home = directory.resolve(Integer.toString(services.size()));
		try {
			Files.createDirectories(temporary(jdk));
			Files.createDirectories(home);
			ServiceProcess service = Launch.in(home)
				.on(jdk)
				.with("--server.tomcat.basedir=" + temporary(jdk))
				.jvm("-Xmx128m")
				.start();
			HonestSenders first = HonestSenders.of(service);
			first.visit("/console/login", "/console/assets/chart.umd.min.js");
			first.post(LASTS);
			return service;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Path temporary(Path jdk) {
		return directory.resolve("tmp-" + jdk.getFileName());
	}

	private static void assertThatAllIsGivenBack(ServiceProcess service, Footprint before)
			throws IOException, InterruptedException {
		Footprint now = Footprint.of(service.pid());
		assertThat(now.heap()).as("Kilobytes of heap").isLessThan(before.heap() + HEAP_KILOBYTES);
		assertThat(now.files()).as("Open files").isLessThan(before.files() + FILES);
	}

	private static List<Path> spooled(Path jdk) throws IOException {
		List<Path> found = new ArrayList<>();
		try (Stream<Path> files = Files.walk(temporary(jdk))) {
			files.filter(Files::isRegularFile).forEach(found::add);
		}
		return found;
	}

}
