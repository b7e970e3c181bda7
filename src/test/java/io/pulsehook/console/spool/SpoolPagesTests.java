package io.pulsehook.console.spool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.UseMainMethod;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpMethod;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.app.PulsehookApplication;
import io.pulsehook.destination.http.HttpReceiver;
import io.pulsehook.inbox.PostgresqlServer;
import io.pulsehook.receive.Receiver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what the operator sees of the spool of a real service, while its database is away
 * and when it refuses a webhook: health, metrics, alarms, the API and the pages.
 */
@SpringBootTest(classes = PulsehookApplication.class, useMainMethod = UseMainMethod.ALWAYS,
		properties = { "pulsehook.token=a-token-for-the-tests-of-the-spool", "spring.security.user.password=secret",
				"spring.datasource.username=postgres", "spring.datasource.hikari.connection-timeout=2000",
				"spring.datasource.hikari.minimum-idle=0", "pulsehook.ack-timeout=1s", "pulsehook.alerts.pause=1ms",
				"pulsehook.spool.max-size=1MB" })
@AutoConfigureMockMvc
@ExtendWith(OutputCaptureExtension.class)
@DirtiesContext
class SpoolPagesTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Path directory = directory();

	private static final String database = PostgresqlServer.create();

	private static final HttpReceiver alarms = new HttpReceiver();

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private Receiver receiver;

	@Autowired
	private MeterRegistry meters;

	// JUnit would inject a temporary directory only after the application has started.
	private static Path directory() {
		try {
			return Files.createTempDirectory("spool-pages-tests");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("pulsehook.data-dir", () -> directory.resolve("data").toString());
		registry.add("pulsehook.spool.directory", () -> directory.resolve("spool").toString());
		registry.add("pulsehook.database", () -> "auto");
		registry.add("pulsehook.alerts.url", () -> alarms.url().toString());
		registry.add("spring.datasource.url", () -> PostgresqlServer.url(database));
	}

	@AfterAll
	static void clean() throws IOException {
		alarms.close();
		FileSystemUtils.deleteRecursively(directory);
	}

	@AfterEach
	void bringTheDatabaseBack() throws SQLException {
		connections(true);
		sql("alter table pulsehook_event drop constraint if exists refusal");
		awaitEmpty();
	}

	@Test
	void tellsThatWebhooksAreKeptAndWhenTheyAreStored(CapturedOutput output) throws SQLException {
		assertThat(page("/console/connect")).doesNotContain("/console/spool");
		assertThat(page("/console/spool")).contains("Webhooks go straight into the database", "All could be stored");
		assertThat(health().path("details").isMissingNode()).isTrue();
		Instant before = Instant.now();
		double kept = kept();
		takeTheDatabaseAway();
		for (int i = 0; i < 3; i++) {
			receive("kept " + i);
		}
		assertThat(spool().path("taking").booleanValue()).isTrue();
		assertThat(spool().path("waiting").intValue()).isEqualTo(3);
		assertThat(Instant.parse(spool().path("oldest").stringValue())).isBetween(before, Instant.now());
		assertThatHealthIsDegraded();
		assertThat(gauge("taking")).isOne();
		assertThat(gauge("waiting")).isEqualTo(3);
		assertThat(gauge("size")).isEqualTo(spool().path("bytes").doubleValue());
		assertThat(kept()).isEqualTo(kept + 3);
		Awaitility.await()
			.untilAsserted(() -> assertThat(page("/console/spool")).contains("Webhooks are kept here",
					"data-poll=\"second\"", "of 1 MB", "Webhooks are kept in the spool until it can: 3 wait."));
		MvcTestResult events = get("/console/events");
		assertThat(events).hasStatus(HttpStatus.SERVICE_UNAVAILABLE);
		assertThat(events).bodyText().contains("Cannot be read", "href=\"/console/spool\"");
		assertThat(get("/console/handlers")).hasStatus(HttpStatus.SERVICE_UNAVAILABLE);
		assertThat(output.getAll().lines().filter((line) -> line.contains("ErrorPages"))).hasSizeLessThan(2);
		connections(true);
		awaitEmpty();
		assertThat(PostgresqlServer.number(database,
				"select count(*) from pulsehook_event where title like 'kept %' and arrived_at is not null"))
			.isEqualTo(3);
		assertThat(health().path("details").isMissingNode()).isTrue();
		assertThat(page("/console/connect")).doesNotContain("/console/spool", "the spool");
		JsonNode alarm = alarm("outage");
		assertThat(alarm.path("kept").intValue()).isBetween(1, 3);
	}

	private void assertThatHealthIsDegraded() {
		assertThat(get("/actuator/health/readiness")).hasStatusOk();
		JsonNode health = health();
		assertThat(health.path("status").stringValue()).isEqualTo("UP");
		JsonNode details = health.path("details");
		assertThat(details.path("degraded").stringValue()).isEqualTo("Webhooks are kept in the spool");
		assertThat(details.path("waiting").intValue()).isEqualTo(3);
		assertThat(details.path("since").stringValue()).isNotEmpty();
	}

	@Test
	void showsWhatCouldNotBeStoredAndTriesItAgain() throws Exception {
		refuse("stubborn");
		receive("stubborn");
		receive("willing");
		JsonNode refused = awaitRefused(0);
		String id = refused.path("id").stringValue();
		assertThat(refused.path("source").stringValue()).isEqualTo("default");
		assertThat(refused.path("size").intValue()).isEqualTo(body("stubborn").length);
		assertThat(refused.path("reason").stringValue()).isNotEmpty().doesNotContain("stubborn");
		awaitStored("willing");
		assertThat(stored("stubborn")).isZero();
		assertThat(gauge("refused")).isOne();
		assertThat(page("/console/connect")).contains("href=\"/console/spool\"");
		assertThat(page("/console/spool")).contains("1 webhook could not be stored", "id=\"body-" + id + "\"");
		for (String path : List.of("/api/spool/refused/" + id, "/console/spool/refused/" + id + "/body")) {
			MvcTestResult download = get(path);
			assertThat(download).hasContentType(MediaType.APPLICATION_OCTET_STREAM);
			assertThat(download.getResponse().getHeader("Content-Disposition")).startsWith("attachment");
			assertThat(download.getResponse().getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
			assertThat(download.getResponse().getContentAsByteArray()).isEqualTo(body("stubborn"));
		}
		assertThat(alarm("spool").path("machine").stringValue()).isEqualTo(machine());
		assertThat(alarm("spool").path("count").intValue()).isOne();
		assertThat(post("/api/spool/refused/" + id + "/retry")).hasStatus(HttpStatus.NO_CONTENT);
		String next = awaitRefused(Long.parseLong(id)).path("id").stringValue();
		sql("alter table pulsehook_event drop constraint refusal");
		assertThat(post("/console/spool/refused/" + next + "/retry")).hasStatus(HttpStatus.SEE_OTHER)
			.hasRedirectedUrl("/console/spool?again=" + next);
		awaitStored("stubborn");
		awaitEmpty();
		assertThat(page("/console/spool?again=" + next)).contains("Webhook " + next + " is tried again",
				"All could be");
	}

	private static String machine() throws UnknownHostException {
		return InetAddress.getLocalHost().getHostName();
	}

	@Test
	void deletesWhatCouldNotBeStoredAfterItsNumberWasTyped() throws SQLException {
		refuse("hopeless");
		receive("hopeless");
		long id = Long.parseLong(awaitRefused(0).path("id").stringValue());
		String question = "/console/spool/refused/" + id + "/delete";
		assertThat(page(question)).contains("Delete webhook <span>" + id + "</span>?", "Type its number");
		assertThat(post(question, "confirmation", "yes")).hasStatus(HttpStatus.BAD_REQUEST)
			.bodyText()
			.contains("Nothing was deleted");
		assertThat(spool().path("refused").intValue()).isOne();
		assertThat(post(question, "confirmation", " " + id + " ")).hasRedirectedUrl("/console/spool?deleted=" + id);
		assertThat(page("/console/spool?deleted=" + id)).contains("Webhook " + id + " was deleted");
		assertThat(spool().path("refused").intValue()).isZero();
		receive("hopeless");
		String next = awaitRefused(id).path("id").stringValue();
		assertThat(exchange(posting(HttpMethod.DELETE, "/api/spool/refused/" + next))).hasStatus(HttpStatus.NO_CONTENT);
		assertThat(spool().path("items")).isEmpty();
		assertThat(stored("hopeless")).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "99", "x", "99/delete", "99/body" })
	void doesNotFindWhatIsNotThere(String id) {
		assertThat(get("/console/spool/refused/" + id)).hasStatus(HttpStatus.NOT_FOUND);
		assertThat(get("/api/spool/refused/" + id)).hasStatus(HttpStatus.NOT_FOUND);
		assertThat(post("/api/spool/refused/" + id + "/retry")).hasStatus(HttpStatus.NOT_FOUND);
		assertThat(post("/console/spool/refused/" + id + "/retry")).hasStatus(HttpStatus.NOT_FOUND);
		assertThat(exchange(posting(HttpMethod.DELETE, "/api/spool/refused/" + id))).hasStatus(HttpStatus.NOT_FOUND);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/console/spool", "/console/spool/refused/1/body", "/api/spool", "/api/spool/refused/1" })
	void showsNothingToStrangers(String path) {
		assertThat(this.mvc.get().uri(path).accept(MediaType.APPLICATION_JSON).exchange())
			.hasStatus(HttpStatus.UNAUTHORIZED);
	}

	private void receive(String title) {
		this.receiver.receive("default", body(title));
	}

	private static byte[] body(String title) {
		return "[{\"title\":\"%s\",\"service\":\"telegram\",\"date\":%d,\"contact\":{\"id\":\"c\"}}]"
			.formatted(title, title.hashCode())
			.getBytes(StandardCharsets.UTF_8);
	}

	private static void takeTheDatabaseAway() throws SQLException {
		connections(false);
		PostgresqlServer.execute("postgres",
				"select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + database + "'");
	}

	private static void connections(boolean allowed) throws SQLException {
		PostgresqlServer.execute("postgres", "alter database " + database + " with allow_connections " + allowed);
	}

	private static void refuse(String title) throws SQLException {
		sql("alter table pulsehook_event add constraint refusal check (title is null or title <> '" + title + "')");
	}

	private static void sql(String statement) throws SQLException {
		PostgresqlServer.execute(database, statement);
	}

	private static long stored(String title) {
		return PostgresqlServer.number(database, "select count(*) from pulsehook_event where title = '" + title + "'");
	}

	private static void awaitStored(String title) {
		Awaitility.await().atMost(PATIENCE).until(() -> stored(title) == 1);
	}

	private void awaitEmpty() {
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
			assertThat(spool().path("taking").booleanValue()).isFalse();
			assertThat(spool().path("waiting").intValue()).isZero();
			assertThat(health().path("details").isMissingNode()).isTrue();
		});
	}

	// Waits for a refused webhook whose id is greater than another.
	private JsonNode awaitRefused(long behind) {
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> spool().path("items").size() == 1
					&& Long.parseLong(spool().at("/items/0/id").stringValue()) > behind);
		return spool().at("/items/0");
	}

	private static JsonNode alarm(String kind) {
		return Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> alarms.all()
				.stream()
				.flatMap((post) -> JsonMapper.shared().readTree(post.text()).at("/data/alarms").valueStream())
				.filter((alarm) -> alarm.path("kind").stringValue().equals(kind))
				.toList(), (found) -> !found.isEmpty())
			.get(0);
	}

	private JsonNode spool() {
		return JsonMapper.shared().readTree(page("/api/spool"));
	}

	private JsonNode health() {
		return JsonMapper.shared().readTree(text(get("/actuator/health/readiness"))).path("components").path("inbox");
	}

	private double gauge(String name) {
		return this.meters.get("pulsehook.spool." + name).gauge().value();
	}

	private double kept() {
		return this.meters.get("pulsehook.spool.kept").functionCounter().count();
	}

	private String page(String path) {
		MvcTestResult page = get(path);
		assertThat(page).hasStatusOk();
		return text(page);
	}

	private MvcTestResult get(String path) {
		return exchange(this.mvc.get().uri(path));
	}

	private MvcTestResult post(String path, String... parameters) {
		MockMvcRequestBuilder request = posting(HttpMethod.POST, path);
		for (int i = 0; i < parameters.length; i += 2) {
			request.param(parameters[i], parameters[i + 1]);
		}
		return exchange(request);
	}

	private MockMvcRequestBuilder posting(HttpMethod method, String path) {
		return this.mvc.method(method).uri(path).with(SecurityMockMvcRequestPostProcessors.csrf());
	}

	private static MvcTestResult exchange(MockMvcRequestBuilder request) {
		return request.with(SecurityMockMvcRequestPostProcessors.user("user")).exchange();
	}

	private static String text(MvcTestResult result) {
		return new String(result.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
	}

}
