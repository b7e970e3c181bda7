package io.pulsehook.process;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.inbox.PostgresqlServer;
import io.pulsehook.plugin.test.CrashPlugin;
import io.pulsehook.plugin.test.RetryPlugin;
import io.pulsehook.plugin.test.ShutdownPlugin;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests two replicas on one database that have no configured token and different
 * handlers, as while a new version takes the place of an old one.
 */
@Timeout(300)
class SharedDatabaseIT {

	private static final int ROUNDS = 100;

	private static final int POSTS = 20;

	private static final int WAITING = 30;

	private static final Duration GRACE = Duration.ofSeconds(1);

	/** The time for a takeover, in which the lease of ten minutes cannot end. */
	private static final Duration TAKE_OVER = Duration.ofSeconds(45);

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Pattern URL = Pattern.compile("your public host name: http://\\S+(/webhooks/\\S+)");

	private static final JsonMapper json = JsonMapper.shared();

	@TempDir
	Path oldDirectory;

	@TempDir
	Path newDirectory;

	private final String database = "--spring.datasource.url=" + PostgresqlServer.url(PostgresqlServer.createEmpty());

	@Test
	void actsAsOneService() throws Exception {
		Launch old = Launch.in(this.oldDirectory).withoutToken().plugin(CrashPlugin.class).with(this.database);
		Launch recent = Launch.in(this.newDirectory).withoutToken().plugin(RetryPlugin.class).with(this.database);
		try (ServiceProcess first = old.begin(); ServiceProcess second = recent.begin()) {
			first.awaitReady();
			second.awaitReady();
			String path = onlyToken(first.log() + second.log());
			WebhookClient one = new WebhookClient(first.uri(path));
			WebhookClient other = new WebhookClient(second.uri(path));
			assertEachRunsWhereItsHandlerIs(one, other, old, recent);
			assertStoresOnce(List.of(one, other));
			assertThat(first.operator().events()).hasSize(ROUNDS + 2);
		}
	}

	// Returns the path of the webhook URL, which only the replica that came first logs.
	private static String onlyToken(String logs) {
		Matcher matcher = URL.matcher(logs);
		assertThat(matcher.find()).as("One of the replicas shows the URL").isTrue();
		String path = matcher.group(1);
		assertThat(matcher.find()).as("The other one shows another URL").isFalse();
		return path;
	}

	// Asserts that every handler gets an event, whichever replica receives it.
	private static void assertEachRunsWhereItsHandlerIs(WebhookClient one, WebhookClient other, Launch old,
			Launch recent) throws Exception {
		Posted toOld = new Posted("old", 1);
		Posted toNew = new Posted("new", 1);
		assertThat(one.post(toOld.json()).statusCode()).isEqualTo(200);
		assertThat(other.post(toNew.json()).statusCode()).isEqualTo(200);
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
			assertThat(ended(recent, "thirdTimeHandler")).containsExactlyInAnyOrder(toOld.title(), toNew.title());
			assertThat(ended(old, "stepHandler")).containsExactlyInAnyOrder(toOld.title(), toNew.title());
		});
		assertThat(ended(old, "thirdTimeHandler")).isEmpty();
	}

	private static List<String> ended(Launch launch, String handler) {
		return launch.handled()
			.stream()
			.filter((line) -> line.by(handler) && line.ended())
			.map(Handled::title)
			.toList();
	}

	private static void assertStoresOnce(List<WebhookClient> replicas) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(POSTS);
		try {
			for (int round = 0; round < ROUNDS; round++) {
				String event = new Posted("round", round).json();
				CountDownLatch start = new CountDownLatch(1);
				List<Callable<HttpResponse<String>>> posts = new ArrayList<>();
				for (int i = 0; i < POSTS; i++) {
					WebhookClient replica = replicas.get(i % replicas.size());
					posts.add(() -> {
						start.await();
						return replica.post(event);
					});
				}
				List<Future<HttpResponse<String>>> answers = posts.stream().map(threads::submit).toList();
				start.countDown();
				assertThat(accepted(answers)).as("Accepted in round %d", round).isEqualTo(1);
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static int accepted(List<Future<HttpResponse<String>>> answers) throws Exception {
		int accepted = 0;
		for (Future<HttpResponse<String>> answer : answers) {
			assertThat(answer.get().statusCode()).as("%s", answer.get().body()).isEqualTo(200);
			JsonNode receipt = json.readTree(answer.get().body());
			assertThat(receipt.get("accepted").asInt() + receipt.get("duplicates").asInt()).isEqualTo(1);
			accepted += receipt.get("accepted").asInt();
		}
		return accepted;
	}

	// The other replica takes over long before the lease would have ended.
	@Test
	void takesOverAtOnceFromAReplicaThatIsShutDown() throws Exception {
		Launch launch = Launch.in(this.oldDirectory)
			.plugin(ShutdownPlugin.class)
			.with(this.database, "--pulsehook.lease=10m", "--pulsehook.shutdown-grace=" + GRACE.toSeconds() + "s",
					"--pulsehook.handlers.endlessHandler.concurrency=2",
					"--pulsehook.handlers.endlessHandler.timeout=10m");
		try (ServiceProcess leaving = launch.start()) {
			WebhookClient webhook = leaving.webhook();
			for (int i = 0; i < WAITING; i++) {
				assertThat(webhook.post(new Posted("contact" + i, 1).json("unsubscribe")).statusCode()).isEqualTo(200);
			}
			Awaitility.await().atMost(PATIENCE).until(() -> launch.handled().size() == 2);
			// The file must be there before the other replica starts, which at once
			// begins with what this one has not claimed.
			Files.createFile(this.oldDirectory.resolve("release"));
			try (ServiceProcess staying = launch.start()) {
				leaving.terminate();
				Awaitility.await()
					.atMost(TAKE_OVER)
					.untilAsserted(() -> assertThat(ended(launch, "endlessHandler")).hasSize(WAITING));
				leaving.awaitExit(PATIENCE);
				assertThat(launch.handled()).filteredOn(Handled::ended)
					.extracting(Handled::process)
					.containsOnly(Long.toString(staying.pid()));
			}
		}
	}

}
