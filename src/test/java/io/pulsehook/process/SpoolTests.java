package io.pulsehook.process;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.FileSystemUtils;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;

import io.pulsehook.EventHandler;
import io.pulsehook.destination.http.HttpReceiver;
import io.pulsehook.event.FlowWebhook;
import io.pulsehook.inbox.PostgresqlServer;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.spool.RefusedBody;
import io.pulsehook.inbox.spool.Spool;
import io.pulsehook.inbox.spool.SpoolSettings;
import io.pulsehook.threads.CoreThreads;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of webhooks that wait in the spools of two replicas while either has lost
 * the database that they share.
 */
@Timeout(120)
class SpoolTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Duration MORE_THAN_THE_WINDOW = Duration.ofMinutes(11);

	private static final int MOST_POSTS_UNTIL_FULL = 40;

	private static final List<FlowWebhook> handled = new CopyOnWriteArrayList<>();

	private static final HttpReceiver collector = new HttpReceiver();

	private static volatile Duration ahead = Duration.ZERO;

	private static Path database;

	private static SpoolReplica one;

	private static SpoolReplica other;

	@BeforeAll
	static void start(@TempDir Path directory) throws Exception {
		database = directory;
		String url = PostgresqlServer.url(TestDatabase.name(database));
		leaveTheSameInBothSpools(directory);
		one = new SpoolReplica(directory.resolve("one"), url, ReplicaConfiguration.class,
				"--pulsehook.spool.max-size=2MB", "--pulsehook.alerts.url=" + collector.url(),
				"--pulsehook.alerts.pause=1ms");
		one.awaitDrained();
		ahead = ahead.plus(MORE_THAN_THE_WINDOW);
		other = new SpoolReplica(directory.resolve("other"), url, ReplicaConfiguration.class);
		other.awaitDrained();
	}

	// The second replica finds what the first has stored already, as a process does that
	// was killed before it deleted that from its spool.
	private static void leaveTheSameInBothSpools(Path directory) throws Exception {
		Path spool = Files.createDirectories(directory.resolve("one/spool"));
		try (Spool left = Spool.open(new SpoolSettings(spool, DataSize.ofMegabytes(1)), SpoolTests::now,
				new CoreThreads())) {
			for (String body : List.of(new Posted("left before", 1).json(), bare("left before"),
					new Posted("left before", 2).json())) {
				left.put("default", body.getBytes(StandardCharsets.UTF_8));
			}
		}
		FileSystemUtils.copyRecursively(spool, directory.resolve("other/spool"));
	}

	@AfterAll
	static void stop() {
		other.close();
		one.close();
		collector.close();
	}

	@Test
	void storesOnceWhatAProcessThatWasKilledLeftInItsSpool() {
		List<String> left = List.of(new Posted("left before", 1).title(), "left before",
				new Posted("left before", 2).title());
		assertThat(titles("left before")).isEqualTo(left);
		Awaitility.await().atMost(PATIENCE).until(() -> handled("left before").size() >= left.size());
		assertThat(handled("left before")).isEqualTo(left);
	}

	@Test
	void storesOnceAndInOrderWhatTwoReplicasKept() throws Exception {
		one.cut();
		other.cut();
		for (int number = 1; number <= 20; number++) {
			accept(one, new Posted("left", number));
			accept(other, new Posted("right", number));
		}
		accept(one, new Posted("both", 1));
		accept(other, new Posted("both", 1));
		one.mend();
		other.mend();
		assertThat(titles("both")).containsExactly("both step 1");
		for (String contact : List.of("left", "right")) {
			List<String> posted = Stream.iterate(1, (number) -> number + 1)
				.limit(20)
				.map((number) -> new Posted(contact, number).title())
				.toList();
			assertThat(titles(contact)).as("In the order of their ids").isEqualTo(posted);
			Awaitility.await().atMost(PATIENCE).until(() -> handled(contact).size() >= 20);
			assertThat(handled(contact)).as("In the order of the handler").isEqualTo(posted);
		}
	}

	@Test
	void listsAndReplaysMissNothingThatWasDrained() throws Exception {
		accept(one, new Posted("list", 1));
		one.cut();
		accept(one, new Posted("list", 2));
		accept(one, new Posted("list", 3));
		accept(other, new Posted("list", 4));
		String read = other.operator().events("&contact=list").get(0).get("id").asString();
		Instant seen = now();
		Awaitility.await().until(() -> now().isAfter(seen.plusMillis(1)));
		Instant from = now();
		one.mend();
		List<String> drained = List.of(new Posted("list", 2).title(), new Posted("list", 3).title());
		JsonNode after = other.operator().get("/api/events?after=" + read);
		assertThat(after.get("items").valueStream().map(SpoolTests::title)).containsExactlyElementsOf(drained);
		List<JsonNode> since = other.operator().events("&contact=list&from=" + from);
		assertThat(since).extracting(SpoolTests::title).containsExactlyInAnyOrderElementsOf(drained);
		assertThat(since).allSatisfy((event) -> {
			assertThat(Instant.parse(event.path("arrivedAt").asString())).isBeforeOrEqualTo(seen);
			assertThat(Instant.parse(event.path("receivedAt").asString())).isAfterOrEqualTo(from);
		});
		assertThat(other.operator().events("&contact=list")).filteredOn((event) -> event.hasNonNull("arrivedAt"))
			.hasSize(2);
	}

	@Test
	void erasesAPersonWhoIsInTheSpool() throws Exception {
		one.cut();
		String first = new Posted("erased", 1).json("erased words");
		String together = "[" + element(first) + "," + element(new Posted("kept", 1).json()) + "]";
		accept(one, together);
		accept(one, first);
		assertThat(spoolHas("erased words")).isTrue();
		assertThat(other.operator().delete("/api/contacts/erased").statusCode()).isEqualTo(200);
		accept(one, new Posted("erased", 2));
		one.mend();
		assertThat(titles("erased")).as("What arrived after the erasure")
			.containsExactly(new Posted("erased", 2).title());
		assertThat(titles("kept")).containsExactly(new Posted("kept", 1).title());
		Awaitility.await().atMost(PATIENCE).until(() -> handled("erased").size() == 1 && handled("kept").size() == 1);
		assertThat(handled("erased")).containsExactly(new Posted("erased", 2).title());
		Awaitility.await().atMost(PATIENCE).until(() -> !spoolHas("erased words"));
	}

	// Two equal elements without a date are one event if they arrived within the window,
	// however late they are drained.
	@Test
	void countsTheWindowOfEqualEventsByTheirArrival() throws Exception {
		accept(one, bare("before"));
		one.cut();
		accept(one, bare("before"));
		accept(one, bare("twice"));
		accept(one, bare("twice"));
		accept(one, bare("apart"));
		ahead = ahead.plus(MORE_THAN_THE_WINDOW);
		accept(one, bare("apart"));
		one.mend();
		assertThat(titles("before")).hasSize(1);
		assertThat(titles("twice")).hasSize(1);
		assertThat(titles("apart")).hasSize(2);
	}

	@Test
	void keepsForAnOperatorWhatTheDatabaseRefuses() throws Exception {
		String body = new Posted("refused", 1).json();
		try (TestDatabase.Hindrance hindrance = TestDatabase.POSTGRESQL.refuse(database, "insert on pulsehook_event",
				"new.contact = 'refused'", "no")) {
			one.cut();
			accept(one, new Posted("good", 1));
			accept(one, body);
			accept(one, new Posted("refused", 2));
			accept(one, new Posted("good", 2));
			one.mend();
			assertThat(titles("good")).containsExactly(new Posted("good", 1).title(), new Posted("good", 2).title());
			assertThat(one.spool().refused()).extracting(RefusedBody::source).containsExactly("default", "default");
			assertThat(refused(body)).isPositive();
			Awaitility.await()
				.atMost(PATIENCE)
				.untilAsserted(() -> assertThat(collector.all()).extracting(HttpReceiver.Received::text)
					.anyMatch((text) -> text.contains("in the spool of ")));
			long last = one.spool().refused().get(0).id();
			tryAgain(body);
			Awaitility.await()
				.atMost(PATIENCE)
				.until(() -> one.spool().refused().stream().anyMatch((refused) -> refused.id() > last));
		}
		tryAgain(body);
		Awaitility.await().atMost(PATIENCE).until(() -> titles("refused").size() == 1);
		assertThat(titles("refused")).containsExactly(new Posted("refused", 1).title());
		RefusedBody left = one.spool().refused().get(0);
		assertThat(one.operator().get("/api/spool").toString()).contains("\"" + left.id() + "\"", left.reason())
			.doesNotContain("refused step");
		assertThat(one.operator().delete("/api/spool/refused/" + left.id()).statusCode()).isBetween(200, 204);
		assertThat(one.spool().refused()).isEmpty();
		assertThat(one.spool().status().bytes()).isZero();
	}

	private static void tryAgain(String body) {
		assertThat(one.operator().post("/api/spool/refused/" + refused(body) + "/retry").statusCode()).isBetween(200,
				204);
	}

	// Returns the id of a body that was refused, as the API lists and shows it.
	private static long refused(String body) {
		for (RefusedBody refused : one.spool().refused()) {
			HttpResponse<String> shown = one.operator().send("/api/spool/refused/" + refused.id());
			assertThat(shown.statusCode()).isEqualTo(200);
			if (shown.body().equals(body)) {
				return refused.id();
			}
		}
		throw new AssertionError("No such body was refused");
	}

	@Test
	void refusesWebhooksWhenItIsFullAndLosesNoneThatItTook() throws Exception {
		String large = "x".repeat(100_000);
		List<String> taken = new ArrayList<>();
		one.cut();
		HttpResponse<String> answer;
		int number = 0;
		do {
			Posted event = new Posted("full", ++number);
			answer = one.webhook().post(event.json().replace("Somebody", large));
			if (answer.statusCode() == 200) {
				taken.add(event.title());
			}
		}
		while (answer.statusCode() == 200 && number < MOST_POSTS_UNTIL_FULL);
		assertThat(answer.statusCode()).as("After %d posts", number).isEqualTo(503);
		assertThat(answer.headers().firstValue("Retry-After")).isPresent();
		assertThat(taken).hasSizeBetween(15, 25);
		assertThat(one.operator().status("/actuator/health/readiness")).isEqualTo(503);
		one.mend();
		assertThat(titles("full")).isEqualTo(taken);
		assertThat(one.operator().status("/actuator/health/readiness")).isEqualTo(200);
		assertThat(one.spool().status().bytes()).isZero();
	}

	@Test
	void answersAndKeepsWhatIsNoJsonAsEver() throws Exception {
		long before = PostgresqlServer.number(TestDatabase.name(database),
				"select count(*) from pulsehook_event where type = 'UnrecognizedEvent'");
		one.cut();
		accept(one, new Posted("valid", 1));
		assertThat(one.webhook().post("{\"title\":").statusCode()).isEqualTo(400);
		long waiting = one.spool().status().waiting();
		accept(one, "[]");
		assertThat(one.spool().status().waiting()).as("A body without elements is not kept").isEqualTo(waiting);
		one.mend();
		assertThat(PostgresqlServer.number(TestDatabase.name(database),
				"select count(*) from pulsehook_event where type = 'UnrecognizedEvent'"))
			.isEqualTo(before + 1);
	}

	private static void accept(SpoolReplica replica, Posted event) throws Exception {
		accept(replica, event.json());
	}

	private static void accept(SpoolReplica replica, String body) throws Exception {
		HttpResponse<String> answer = replica.webhook().post(body);
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
	}

	// Returns a webhook that nothing but the time of its arrival tells from an equal one.
	private static String bare(String contact) {
		return """
				[{"service":"telegram","title":"%1$s","bot":{"id":"bot"},"contact":{"id":"%1$s"}}]"""
			.formatted(contact);
	}

	private static String element(String array) {
		String trimmed = array.trim();
		return trimmed.substring(1, trimmed.length() - 1);
	}

	// Returns the titles of a contact's stored events, oldest first.
	private static List<String> titles(String contact) {
		List<String> titles = new ArrayList<>();
		other.operator()
			.events("&contact=" + contact.replace(" ", "%20"))
			.forEach((event) -> titles.add(0, title(event)));
		return titles;
	}

	private static String title(JsonNode event) {
		return event.get("title").asString();
	}

	private static List<String> handled(String contact) {
		return handled.stream()
			.filter((event) -> event.contact() != null && contact.equals(event.contact().id()))
			.map(FlowWebhook::title)
			.toList();
	}

	// Another process looks: this one would give up SQLite's locks by closing the files.
	private static boolean spoolHas(String text) {
		return Commands.succeed("grep", "-rqaF", text, one.spoolDirectory().toString());
	}

	private static Instant now() {
		return Instant.now().plus(ahead);
	}

	@Configuration(proxyBeanMethods = false)
	static class ReplicaConfiguration {

		@Bean
		InstantSource pulsehookClock() {
			return SpoolTests::now;
		}

		@Bean
		EventHandler<FlowWebhook> remember() {
			return (event, delivery) -> handled.add(event);
		}

	}

}
