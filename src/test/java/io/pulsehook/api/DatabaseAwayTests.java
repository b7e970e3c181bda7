package io.pulsehook.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Base64;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.UseMainMethod;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.EventHandler;
import io.pulsehook.app.PulsehookApplication;
import io.pulsehook.event.OpenChat;
import io.pulsehook.inbox.PostgresqlServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what the API and the console of the service answer when PostgreSQL refuses a
 * parameter, and when it cannot be reached.
 */
@SpringBootTest(classes = { PulsehookApplication.class, DatabaseAwayTests.HandlerConfiguration.class },
		webEnvironment = WebEnvironment.RANDOM_PORT, useMainMethod = UseMainMethod.ALWAYS,
		properties = { "pulsehook.token=a-token-for-the-tests-of-an-outage", "spring.security.user.password=secret",
				"spring.datasource.username=postgres", "spring.datasource.hikari.connection-timeout=300",
				"spring.datasource.hikari.minimum-idle=0" })
@DirtiesContext
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DatabaseAwayTests {

	private static final Path directory = directory();

	private static final String database = PostgresqlServer.create();

	private final HttpClient client = HttpClient.newHttpClient();

	@LocalServerPort
	int port;

	// JUnit would inject a temporary directory only after the application has started.
	private static Path directory() {
		try {
			return Files.createTempDirectory("database-away-tests");
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
		registry.add("pulsehook.database", () -> "auto");
		registry.add("spring.datasource.url", () -> PostgresqlServer.url(database));
	}

	@Order(1)
	@ParameterizedTest
	@ValueSource(strings = { "kind", "type", "title", "service", "source", "bot", "contact", "status", "from", "to",
			"q", "cursor", "limit" })
	void refuseANulInAnyFilterByItsName(String name) throws Exception {
		HttpResponse<String> answer = get("/api/events?" + name + "=a%00b");
		assertProblem(answer, 400);
		assertThat(answer.body()).contains("Parameter '" + name + "'");
		if (!name.equals("limit")) {
			HttpResponse<String> page = get("/console/events?" + name + "=a%00b");
			assertThat(page.statusCode()).isEqualTo(400);
			assertThat(page.body()).contains("parameter “" + name + "”");
			assertThat(get("/console/events.ndjson?" + name + "=a%00b").statusCode()).isEqualTo(400);
		}
	}

	@Order(1)
	@ParameterizedTest
	@ValueSource(strings = { "/api/deliveries?handler=a%00b", "/api/deliveries?cursor=a%00b", "/console?range=%00",
			"/console/dead-letters/group?handler=a%00b&error=x", "/console/dead-letters/replay?error=a%00b",
			"/console/connect?sent=%00", "/console/events/1?replay=%00" })
	void refuseANulElsewhere(String path) throws Exception {
		assertThat(get(path).statusCode()).isEqualTo(400);
	}

	@Order(1)
	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "{\"contact\":\"a\\u0000b\"} | contact", "{\"q\":\"\\ud800\"} | q",
			"{\"bot\":\"\\udc00\",\"dryRun\":true} | bot", "{\"title\":\"x\\u0000\"} | title" })
	void refuseAReplayOfWhatCannotBeStored(String body, String name) throws Exception {
		HttpResponse<String> answer = post("/api/replays", body);
		assertProblem(answer, 400);
		assertThat(answer.body()).contains("Parameter '" + name + "'");
		assertThat(PostgresqlServer.number(database, "select count(*) from pulsehook_replay")).isZero();
	}

	@Order(1)
	@ParameterizedTest
	@ValueSource(strings = { "a/b", "a\\b", "50%", "a;b=c", "a\nb", "../x", "a\0b" })
	void eraseAnyContactByAnIdThatNoPathHas(String id) throws Exception {
		String inJson = JsonMapper.shared().writeValueAsString(id);
		String event = "{\"title\":\"open_chat\",\"date\":%d,\"contact\":{\"id\":%s}}";
		receive(event.formatted(1_760_000_000, inJson));
		assertErasedOne(send("/api/contacts?id=" + URLEncoder.encode(id, StandardCharsets.UTF_8), "DELETE", ""));
		receive(event.formatted(1_760_000_001, inJson));
		assertErasedOne(post("/api/contacts/erase", "{\"id\":" + inJson + "}"));
	}

	private void receive(String event) throws Exception {
		assertThat(send("/webhooks/a-token-for-the-tests-of-an-outage", "POST", event).body())
			.contains("\"accepted\":1");
	}

	private static void assertErasedOne(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).contains("\"events\":1,", "\"kept\":0");
	}

	@Order(2)
	@Test
	void sayThatTheDatabaseIsAwayWhateverIsAskedFor() throws Exception {
		receive("{\"title\":\"open_chat\"}");
		long event = PostgresqlServer.number(database, "select max(id) from pulsehook_event");
		assertThat(get("/api/events/" + event).statusCode()).isEqualTo(200);
		try (Away away = new Away()) {
			for (String path : new String[] { "/api/events", "/api/events?q=x", "/api/events/1", "/api/events/1/raw",
					"/api/deliveries", "/api/handlers", "/api/replays/1" }) {
				assertUnavailable(path, get(path));
			}
			for (String path : new String[] { "/api/replays/1", "/api/contacts/person", "/api/contacts?id=person" }) {
				assertUnavailable(path, send(path, "DELETE", ""));
			}
			for (String path : new String[] { "/api/replays", "/api/events/1/replay", "/api/handlers/h/pause" }) {
				assertUnavailable(path, post(path, "{}"));
			}
			assertUnavailable("erase", post("/api/contacts/erase", "{\"id\":\"person\"}"));
			assertUnavailable("dry run", post("/api/replays", "{\"dryRun\":true}"));
			for (String path : new String[] { "", "/events", "/events.ndjson", "/events/1", "/events/1/raw",
					"/dead-letters", "/dead-letters/group?handler=h&error=x", "/dead-letters/replay", "/replays/1",
					"/handlers", "/connect" }) {
				assertPage(path, get("/console" + path));
			}
			assertPage("pause", send("/console/handlers/h/pause", "POST", ""));
			assertThat(get("/console/no-such-page").statusCode()).isEqualTo(404);
			assertThat(get("/api/openapi.yaml").statusCode()).isEqualTo(200);
		}
	}

	private static void assertProblem(HttpResponse<String> answer, int status) {
		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
	}

	private static void assertUnavailable(String path, HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(path).isEqualTo(503);
		assertThat(answer.headers().firstValue("Content-Type")).as(path).hasValue("application/problem+json");
		assertThat(answer.headers().firstValue("Retry-After")).as(path).isPresent();
	}

	private static void assertPage(String path, HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(path).isEqualTo(503);
		assertThat(answer.headers().firstValue("Content-Type")).as(path).get().asString().startsWith("text/html");
		assertThat(answer.headers().firstValue("Content-Disposition")).as(path).isEmpty();
		assertThat(answer.body()).as(path).containsAnyOf("Cannot be read", "Not done");
	}

	private HttpResponse<String> get(String path) throws Exception {
		return send(path, "GET", "");
	}

	private HttpResponse<String> post(String path, String json) throws Exception {
		return send(path, "POST", json);
	}

	private HttpResponse<String> send(String path, String method, String body) throws Exception {
		return this.client.send(request(path, method, body), BodyHandlers.ofString());
	}

	private HttpRequest request(String path, String method, String body) {
		String login = Base64.getEncoder().encodeToString("user:secret".getBytes(StandardCharsets.UTF_8));
		return HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
			.header("Authorization", "Basic " + login)
			.header("Content-Type", "application/json")
			.method(method, BodyPublishers.ofString(body))
			.build();
	}

	/**
	 * Keeps everybody from connecting to the database until it is closed.
	 */
	private static final class Away implements AutoCloseable {

		private Away() throws SQLException {
			PostgresqlServer.execute("postgres", "alter database " + database + " with allow_connections false");
			PostgresqlServer.execute("postgres",
					"select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + database + "'");
		}

		@Override
		public void close() throws SQLException {
			PostgresqlServer.execute("postgres", "alter database " + database + " with allow_connections true");
		}

	}

	/**
	 * Declares a handler, so that there is one to be paused.
	 */
	@TestConfiguration(proxyBeanMethods = false)
	static class HandlerConfiguration {

		@Bean
		EventHandler<OpenChat> h() {
			return (chat, delivery) -> {
			};
		}

	}

}
