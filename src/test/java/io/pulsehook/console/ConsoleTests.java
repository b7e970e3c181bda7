package io.pulsehook.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.UseMainMethod;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.util.FileSystemUtils;

import io.pulsehook.EventHandler;
import io.pulsehook.Samples;
import io.pulsehook.app.PulsehookApplication;
import io.pulsehook.console.connect.SampleEvent;
import io.pulsehook.event.IncomingMessage;
import io.pulsehook.event.PaymentOrder;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.receive.Receiver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests each page of the console, with and without a login.
 */
@SpringBootTest(classes = { PulsehookApplication.class, ConsoleTests.HandlerConfiguration.class },
		useMainMethod = UseMainMethod.ALWAYS,
		properties = { "pulsehook.token=a-token-for-the-tests-of-the-console", "spring.security.user.password=secret",
				"pulsehook.defaults.max-retries=0" })
@AutoConfigureMockMvc
@DirtiesContext
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleTests {

	private static final String MESSAGE = "/console/events/1";

	private static final String PAYMENT = "/console/events/2";

	private static final Path directory = directory();

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private Storage storage;

	@Autowired
	private Receiver receiver;

	// JUnit would inject a temporary directory only after the application has started.
	private static Path directory() {
		try {
			return Files.createTempDirectory("console-tests");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@AfterAll
	static void clean() throws IOException {
		FileSystemUtils.deleteRecursively(directory);
	}

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("pulsehook.data-dir", directory::toString);
	}

	@BeforeAll
	void send() {
		for (String sample : new String[] { Samples.INCOMING_MESSAGE, Samples.PAYMENT_ORDER, Samples.OPEN_CHAT,
				"[7]" }) {
			this.receiver.receive("default", sample.getBytes(StandardCharsets.UTF_8));
		}
		Awaitility.await().untilAsserted(() -> {
			assertThat(this.storage.backlog().unfinished()).isEmpty();
			assertThat(this.storage.backlog().dead()).hasSize(1);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "/console", "/console/events", "/console/events.ndjson", MESSAGE, MESSAGE + "/raw",
			"/console/dead-letters", "/console/dead-letters/group?handler=payments&error=x",
			"/console/dead-letters/replay", "/console/replays", "/console/replays/1", "/console/handlers",
			"/console/handlers/payments", "/console/connect", "/console/no-such-page", "/" })
	void sendsStrangersToTheLogin(String path) {
		MvcTestResult answer = this.mvc.get().uri(path).accept(MediaType.TEXT_HTML).exchange();
		assertThat(answer).hasStatus(HttpStatus.FOUND).hasRedirectedUrl("/console/login");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/console/events/1/replay", "/console/dead-letters/replay", "/console/dead-letters/group",
			"/console/replays/1/cancel", "/console/handlers/payments/pause", "/console/connect/samples" })
	void doesNothingForStrangers(String path) {
		assertThat(this.mvc.post().uri(path).with(SecurityMockMvcRequestPostProcessors.csrf()).exchange())
			.hasStatus(HttpStatus.UNAUTHORIZED);
		assertThat(this.storage.subscribers().paused()).isEmpty();
		assertThat(this.storage.replays().running()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/console/events/1/replay", "/console/dead-letters/replay", "/console/dead-letters/group",
			"/console/replays/1/cancel", "/console/handlers/payments/pause", "/console/connect/samples",
			"/console/logout" })
	void doesNothingForAnotherSite(String path) {
		assertThat(loggedIn(this.mvc.post().uri(path))).hasStatus(HttpStatus.FORBIDDEN);
		assertThat(this.storage.subscribers().paused()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/console", "/console/", "/console?range=day&by=service", "/console?range=month",
			"/console?range=nonsense", "/console/events", "/console/events?status=dead&q=mario&kind=payment",
			"/console/events?from=2026-01-01T00:00&to=2099-01-01T00:00:00Z&contact=1&bot=2&title=x&source=y",
			"/console/events?cursor=2", MESSAGE, PAYMENT, "/console/events/3", "/console/events/4",
			"/console/dead-letters", "/console/dead-letters/group?handler=payments&error=x",
			"/console/dead-letters/replay", "/console/replays", "/console/handlers",
			"/console/handlers?range=day&sort=work", "/console/handlers?range=nonsense&sort=nonsense",
			"/console/handlers/messages", "/console/handlers/payments?range=month", "/console/connect" })
	void showsItsPages(String path) {
		MvcTestResult page = get(path);
		assertThat(page).hasStatusOk().hasContentTypeCompatibleWith(MediaType.TEXT_HTML);
		assertThat(page).hasHeader("Cache-Control", "no-store");
		assertThat(page.getResponse().getHeader("Content-Security-Policy")).contains("default-src 'none'")
			.contains("script-src 'self'")
			.doesNotContain("unsafe");
		assertThat(page).bodyText().doesNotContain("<style").doesNotContain(" style=").doesNotContain(" onclick=");
	}

	@Test
	void theEventShowsTheStepsOfItsHandlers() {
		assertThat(get(MESSAGE)).bodyText()
			.contains("Step <code>greet</code>", "done in attempt 1", "&lt;b&gt;hello&lt;/b&gt;");
		assertThat(get(PAYMENT)).bodyText().doesNotContain("Step <code>");
	}

	@Test
	void theOverviewTellsWhatArrivedAndWhatNobodyTakes() {
		assertThat(get("/console")).bodyText()
			.contains("Incoming message", "EventHandler&lt;OpenChat&gt;")
			.doesNotContain("EventHandler&lt;IncomingMessage&gt;");
	}

	@Test
	void theOverviewCountsTestPaymentsApart() {
		post("/console/connect/samples", "sample", "payment", "source", "default");
		Awaitility.await().untilAsserted(() -> {
			String body = body("/console?range=month");
			assertThat(body.substring(body.indexOf("id=\"payments\""))).containsIgnoringWhitespaces("class=\"tests\"");
		});
	}

	@Test
	void findsEventsByTheirText() {
		assertThat(get("/console/events?q=WHATS UP")).bodyText().contains("event-1\"").doesNotContain("event-2\"");
	}

	@Test
	void saysWhatIsWrongWithAFilter() {
		assertThat(get("/console/events?status=sleeping")).hasStatus(HttpStatus.BAD_REQUEST)
			.bodyText()
			.contains("There is no status “sleeping”");
		assertThat(get("/console/events?from=yesterday")).hasStatus(HttpStatus.BAD_REQUEST)
			.bodyText()
			.contains("“yesterday” is no time");
	}

	@Test
	void exportsWhatWasFilteredLineByLine() {
		MvcTestResult export = get("/console/events.ndjson?kind=chatbot");
		assertThat(export).hasStatusOk().hasContentType("application/x-ndjson");
		assertThat(export).bodyText()
			.satisfies((text) -> assertThat(text.strip().lines()).hasSizeGreaterThanOrEqualTo(2)
				.allSatisfy((line) -> assertThat(line).startsWith("{\"id\":\"")
					.contains("\"kind\":\"chatbot\"")
					.contains("\"raw\":\"{")));
	}

	@Test
	void exportsAsCsv() {
		MvcTestResult export = get("/console/events.csv?kind=payment");
		assertThat(export).hasStatusOk().hasContentType("text/csv;charset=UTF-8");
		assertThat(export).bodyText().contains("\"PaymentOrder\"", "BRL");
		assertThat(get("/console/events.csv?status=sleeping")).hasStatus(HttpStatus.BAD_REQUEST);
	}

	@Test
	void exportsLargeEventsAsWell() {
		String large = "[{\"title\":\"open_chat\",\"contact\":{\"id\":\"large\"},\"x\":\"" + "x".repeat(100_000)
				+ "\"}]";
		this.receiver.receive("default", large.getBytes(StandardCharsets.UTF_8));
		assertThat(get("/console/events.ndjson?contact=large")).bodyText()
			.satisfies((text) -> assertThat(text.strip().lines()).hasSize(1))
			.contains("x".repeat(100_000));
	}

	@Test
	void showsAnEventWithItsMessageAndAttempts() {
		assertThat(get(MESSAGE)).bodyText().contains("hey! whats up?", "class=\"bubble in\"", "messages");
		assertThat(get(PAYMENT)).bodyText()
			.contains("IllegalStateException: No course 17", "Stack trace", "at io.pulsehook");
	}

	@Test
	void givesTheBytesOfAnEventAsAFileOnly() {
		MvcTestResult raw = get(MESSAGE + "/raw");
		assertThat(raw).hasContentType(MediaType.APPLICATION_JSON);
		assertThat(raw.getResponse().getHeader("Content-Disposition")).startsWith("attachment");
		assertThat(raw.getResponse().getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/console/events/99", "/console/events/x", "/console/replays/99", "/console/replays/x",
			"/console/handlers/nobody" })
	void tellsWhatDoesNotExist(String path) {
		assertThat(get(path)).hasStatus(HttpStatus.NOT_FOUND).bodyText().contains("There is no");
	}

	@Test
	void groupsDeadLettersAndRunsAGroupAgain() {
		assertThat(get("/console/dead-letters")).bodyText().contains("IllegalStateException", "payments");
		String group = "handler=payments&error=java.lang.IllegalStateException: No course …";
		assertThat(get("/console/dead-letters/group?" + group)).bodyText().contains("Event 2");
		assertThat(get("/console/dead-letters/replay?" + group)).bodyText()
			.containsPattern("Run \\d dead letters? again\\?");
		assertThat(get("/console/dead-letters/replay?handler=payments&error=other")).bodyText()
			.contains("Nothing to run again");
		MvcTestResult started = post("/console/dead-letters/replay", "handler", "payments", "error",
				"java.lang.IllegalStateException: No course …");
		String replay = String.valueOf(started.getResponse().getRedirectedUrl());
		assertThat(replay).startsWith("/console/replays/");
		Awaitility.await()
			.untilAsserted(() -> assertThat(get(replay)).bodyText()
				.contains("All failed again", "/console/replays/" + replay.replaceAll(".*/", "") + "?show=failed",
						"IllegalStateException"));
		assertThat(this.storage.events().deliveries(2).get(0).run()).isGreaterThan(1);
		assertThat(get("/console/replays")).bodyText()
			.contains(replay, "of payments</bdi>, <bdi>of one cause</bdi>", " failed again</a>");
		assertThat(get(replay + "?show=succeeded")).bodyText().contains("Nothing succeeded.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "2147483647", "9223372036854775807", "25", "-1", "nothing" })
	void showsTheLastGroupsWhereNoMoreAreLeft(String from) {
		assertThat(get("/console/dead-letters?from=" + from)).hasStatusOk()
			.bodyText()
			.contains("IllegalStateException")
			.doesNotContain("more group");
	}

	@Test
	void showsTimesOfAReplayInTheZoneOfItsReader() {
		MvcTestResult started = post("/console/dead-letters/replay", "handler", "payments", "since",
				"2999-01-01T00:00:00Z");
		String since = "that died since</bdi> <time [^>]*datetime=\"2999-01-01T00:00:00Z\"";
		assertThat(get(String.valueOf(started.getResponse().getRedirectedUrl()))).bodyText()
			.contains("<bdi>of payments</bdi>, ")
			.containsPattern(since);
		assertThat(get("/console/replays")).bodyText().containsPattern(since);
	}

	@Test
	void takesNoticeOfAGroupAndMutesIt() {
		String error = "java.lang.IllegalStateException: No course …";
		String group = "/console/dead-letters/group?handler=payments&error=" + error;
		assertThat(decide(error, "acknowledge", "Asked <b>them</b>")).hasStatus(HttpStatus.SEE_OTHER);
		assertThat(get(group)).bodyText().contains("Acknowledged", "Asked &lt;b&gt;them&lt;/b&gt;", "Reopen");
		decide(error, "mute", " ");
		assertThat(get(group)).bodyText().contains("Muted", "Unmute").doesNotContain("Asked");
		assertThat(get("/console/dead-letters")).bodyText().contains("1 muted group").doesNotContain("Run all of");
		assertThat(this.storage.triage().muted()).hasSize(1);
		decide(error, "reopen", "");
		assertThat(this.storage.triage().decisions()).isEmpty();
	}

	private MvcTestResult decide(String error, String decision, String note) {
		return post("/console/dead-letters/group", "handler", "payments", "error", error, "decision", decision, "note",
				note);
	}

	@Test
	void countsOnlyDeadLettersThatDiedSinceAMoment() {
		assertThat(get("/console/dead-letters/replay?handler=payments&since=2999-01-01T00:00:00Z")).bodyText()
			.contains("Nothing to run again");
		assertThat(get("/console/dead-letters/replay?handler=payments&since=2020-01-01T05:30&zone=Asia/Kolkata"))
			.bodyText()
			.contains("value=\"2020-01-01T00:00:00Z\"", "value=\"2020-01-01T05:30\"")
			.containsPattern("Run \\d dead letters? again\\?");
	}

	@Test
	void runsAnEventAgainThatIsDoneAfterAQuestion() {
		MvcTestResult question = post(MESSAGE + "/replay", "handler", "messages");
		assertThat(question.getResponse().getRedirectedUrl()).isEqualTo(MESSAGE + "/replay?handler=messages");
		assertThat(get(MESSAGE + "/replay?handler=messages")).bodyText()
			.contains("Run again what is done?", "messages");
		MvcTestResult answer = post(MESSAGE + "/replay", "handler", "messages", "run", "all");
		assertThat(answer).hasStatus(HttpStatus.SEE_OTHER);
		assertThat(answer.getResponse().getRedirectedUrl()).startsWith(MESSAGE + "?replay=");
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.storage.events().deliveries(1).get(0))
				.satisfies((delivery) -> assertThat(delivery.run()).isGreaterThan(1))
				.satisfies((delivery) -> assertThat(delivery.status()).isEqualTo(DeliveryStatus.DONE)));
		assertThat(get(String.valueOf(answer.getResponse().getRedirectedUrl()))).bodyText()
			.contains("It was run again, and succeeded.", "Attempt 1</span>", "Attempt 1 of run 2");
		assertThat(get("/console/replays")).bodyText().contains("Event 1", "of messages", "user", "1 succeeded");
	}

	@Test
	void tellsThatTheNumbersOfAReplayAreThoseOfAllHandlers() {
		assertThat(post(MESSAGE + "/replay", "run", "all")).hasStatus(HttpStatus.SEE_OTHER);
		MvcTestResult page = get("/console/handlers/messages");
		assertThat(page).hasStatusOk();
		assertThat(page).bodyText().contains(">all handlers</small>");
	}

	@Test
	void pausesAndResumesAHandler() {
		assertThat(post("/console/handlers/messages/pause")).hasRedirectedUrl("/console/handlers/messages");
		assertThat(this.storage.subscribers().paused()).isEqualTo(Set.of("messages"));
		assertThat(get("/console/handlers/messages")).bodyText().contains(">Resume<", ">Paused<");
		assertThat(get("/console/handlers")).bodyText().contains(">Paused<");
		post("/console/handlers/messages/resume");
		assertThat(this.storage.subscribers().paused()).isEmpty();
		assertThat(post("/console/handlers/nobody/pause")).hasStatus(HttpStatus.NOT_FOUND);
	}

	@Test
	void tellsHowLongASuccessfulAttemptTook() {
		assertThat(get(MESSAGE)).bodyText().containsPattern("took [0-9.]+ m?s").doesNotContain("dot dead");
	}

	@Test
	void tellsWhichHandlerRestsUntilWhenAndWhy() throws SQLException {
		long now = System.currentTimeMillis();
		rest(now - 120_000, now + 3_640_000);
		List<String> pages = List.of("/console", "/console/handlers", "/console/handlers/messages");
		for (String page : pages) {
			assertThat(get(page)).bodyText()
				.contains("<span class=\"badge resting\">Resting</span>", "in 60 min",
						"<code>Busy.Indeed, caused by TimeoutException</code>");
		}
		rest(now - 120_000, now - 1_000);
		assertThat(get("/console/handlers/messages")).bodyText().contains("One delivery at a time is tried now");
		rest(now - 120_000, null);
		for (String page : List.of("/console", "/console/handlers/messages")) {
			assertThat(get(page)).bodyText().contains("The handler rests no more").doesNotContain("badge resting");
		}
		assertThat(get("/console/handlers")).bodyText().contains(">Failing<").doesNotContain("badge resting");
		rest(null, null);
		for (String page : pages) {
			assertThat(get(page)).bodyText().doesNotContain("badge resting", "The handler rests no more", ">Failing<");
		}
	}

	@Test
	void tellsThatAnEventWaitsForTheRestOfItsHandler() throws SQLException {
		long now = System.currentTimeMillis();
		TestDatabase.SQLITE.execute(directory,
				"insert into pulsehook_delivery (event_id, handler, position, status, attempts, due_at) "
						+ "values (3, 'messages', 6, 'pending', 0, " + (now + 3_600_000) + ")");
		try {
			rest(now - 120_000, now + 3_640_000);
			assertThat(get("/console/events/3")).bodyText().contains("Its handler rests. It goes on at the earliest");
			rest(now - 120_000, now - 1_000);
			assertThat(get("/console/events/3")).bodyText()
				.contains("Its handler rests, and tries one delivery at a time.");
		}
		finally {
			rest(null, null);
			TestDatabase.SQLITE.execute(directory,
					"delete from pulsehook_delivery where event_id = 3 and handler = 'messages'");
		}
	}

	@Test
	void tellsOfNoRestOfAHandlerThatIsGone() throws SQLException {
		TestDatabase.SQLITE.execute(directory,
				"insert into pulsehook_handler (id, types, paused, last_seen, rest_since, rest_until, rest_reason) "
						+ "values ('gone', 'OpenChat', 0, 0, 1, 2, 'a.Busy')",
				"insert into pulsehook_delivery (event_id, handler, position, status, attempts) "
						+ "values (1, 'gone', 2, 'retrying', 1)");
		try {
			assertThat(get("/console/handlers")).bodyText()
				.contains("<code>gone</code>")
				.doesNotContain("badge resting");
			assertThat(get("/console/handlers/gone")).bodyText()
				.contains(">Orphaned<", "Waiting now")
				.doesNotContain("badge resting", ">Pause<", ">Run all");
			assertThat(get("/console")).bodyText().doesNotContain("badge resting");
		}
		finally {
			TestDatabase.SQLITE.execute(directory, "delete from pulsehook_delivery where handler = 'gone'",
					"delete from pulsehook_handler where id = 'gone'");
		}
	}

	private void rest(@Nullable Long since, @Nullable Long until) throws SQLException {
		TestDatabase.SQLITE.execute(directory,
				("update pulsehook_handler set rest_since = %d, rest_until = %d, "
						+ "rest_reason = 'a.b.Busy$Indeed, caused by java.util.concurrent.TimeoutException' "
						+ "where id = 'messages'")
					.formatted(since, until));
	}

	@Test
	void tellsTheUrlAsTheBrowserReachesIt() {
		assertThat(get("/console/connect")).bodyText()
			.contains("http://localhost/webhooks/a-token-for-the-tests-of-the-console")
			.contains("Events arrive");
	}

	@Test
	void sendsEachSampleAsANewEvent() {
		long before = this.storage.events().newestId();
		SampleEvent.all()
			.forEach((sample) -> assertThat(
					post("/console/connect/samples", "sample", sample.name(), "source", "default"))
				.hasStatus(HttpStatus.SEE_OTHER));
		assertThat(this.storage.events().newestId()).isEqualTo(before + SampleEvent.all().size());
		assertThat(post("/console/connect/samples", "sample", "x", "source", "default"))
			.hasStatus(HttpStatus.NOT_FOUND);
		assertThat(post("/console/connect/samples", "sample", "payment", "source", "x"))
			.hasStatus(HttpStatus.NOT_FOUND);
	}

	@Test
	void hasALoginFormAndLetsInWhoIsIn() {
		assertThat(this.mvc.get().uri("/console/login")).hasStatusOk().bodyText().contains("name=\"_csrf\"");
		assertThat(get("/console/login")).hasRedirectedUrl("/console");
		assertThat(get("/")).hasRedirectedUrl("/console");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/console/nope", "/console/events/1/nope", "/console/nope/deeper/still" })
	void hasAPageForAddressesWithoutOne(String path) {
		assertThat(get(path)).hasStatus(HttpStatus.NOT_FOUND)
			.hasContentTypeCompatibleWith(MediaType.TEXT_HTML)
			.bodyText()
			.contains("The console has no page at this address.", "Skip to content");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/console/contacts/erase", "/console/dead-letters/group?handler=payments",
			"/console/events.csv?when=sometime", "/console/events/1?replay=last",
			"/console/dead-letters/replay?since=yesterday" })
	void hasAPageForAddressesThatCannotBeRead(String path) {
		assertThat(get(path)).hasStatus(HttpStatus.BAD_REQUEST)
			.hasContentTypeCompatibleWith(MediaType.TEXT_HTML)
			.bodyText()
			.contains("Not understood", "Skip to content");
	}

	@Test
	void runsNothingAgainIfTheTimeCannotBeRead() {
		int before = this.storage.replays().newest(null, 100).size();
		assertThat(post("/console/dead-letters/replay", "handler", "payments", "since", "yesterday"))
			.hasStatus(HttpStatus.BAD_REQUEST);
		assertThat(this.storage.replays().newest(null, 100)).hasSize(before);
	}

	@ParameterizedTest
	@ValueSource(strings = { "console.css", "handlers.css", "period.js", "console.js", "times.js", "theme.js",
			"icon.svg", "pico.min.css", "chart.umd.min.js" })
	void servesItsAssetsToEverybody(String asset) {
		assertThat(this.mvc.get().uri("/console/assets/" + asset)).hasStatusOk().hasHeader("Cache-Control", "no-cache");
	}

	private MvcTestResult get(String path) {
		return loggedIn(this.mvc.get().uri(path));
	}

	private String body(String path) {
		return new String(get(path).getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
	}

	private MvcTestResult post(String path, String... parameters) {
		MockMvcRequestBuilder request = this.mvc.post().uri(path).with(SecurityMockMvcRequestPostProcessors.csrf());
		for (int i = 0; i < parameters.length; i += 2) {
			request.param(parameters[i], parameters[i + 1]);
		}
		return loggedIn(request);
	}

	private static MvcTestResult loggedIn(MockMvcRequestBuilder request) {
		return request.with(SecurityMockMvcRequestPostProcessors.user("user")).exchange();
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class HandlerConfiguration {

		@Bean
		EventHandler<IncomingMessage> messages() {
			return (event, delivery) -> delivery.once("greet", String.class, () -> "<b>hello</b>");
		}

		@Bean
		EventHandler<PaymentOrder> payments() {
			return (event, delivery) -> {
				throw new IllegalStateException("No course 17");
			};
		}

	}

}
