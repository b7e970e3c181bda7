package io.pulsehook.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.UseMainMethod;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.FileSystemUtils;
import org.springframework.web.client.RestClient;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;

import io.pulsehook.EventHandler;
import io.pulsehook.Handler;
import io.pulsehook.Samples;
import io.pulsehook.app.PulsehookApplication;
import io.pulsehook.event.IncomingMessage;
import io.pulsehook.event.PaymentOrder;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.model.RestChange.End;
import io.pulsehook.inbox.model.RestChange.Pause;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(classes = { PulsehookApplication.class, ApiTests.HandlerConfiguration.class },
		webEnvironment = WebEnvironment.RANDOM_PORT, useMainMethod = UseMainMethod.ALWAYS,
		properties = { "pulsehook.token=a-token-for-the-tests-of-the-api", "spring.security.user.password=secret",
				"pulsehook.defaults.max-retries=0", "pulsehook.handlers.messages.timeout=50s",
				"pulsehook.destinations.ops.slack.url=http://127.0.0.1:1/services/only-we-know",
				"pulsehook.destinations.ops.text={contact.name} is gone", "pulsehook.destinations.ops.types=BotBlock" })
@DirtiesContext
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiTests {

	private static final Path directory = directory();

	@LocalServerPort
	int port;

	@Autowired
	RequestMappingHandlerMapping requestMappingHandlerMapping;

	@Autowired
	Storage storage;

	private RestClient client = RestClient.create();

	// JUnit would inject a temporary directory only after the application has started.
	private static Path directory() {
		try {
			return Files.createTempDirectory("api-tests");
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
		this.client = RestClient.builder()
			.baseUrl("http://localhost:" + this.port)
			.defaultHeaders((headers) -> headers.setBasicAuth("user", "secret"))
			.defaultStatusHandler((status) -> true, (request, response) -> {
			})
			.build();
		for (String sample : List.of(Samples.INCOMING_MESSAGE, Samples.OPEN_CHAT, Samples.PAYMENT_ORDER, "[7]")) {
			assertThat(post("/webhooks/a-token-for-the-tests-of-the-api", sample).getStatusCode())
				.isEqualTo(HttpStatus.OK);
		}
		Awaitility.await().untilAsserted(() -> {
			assertThat(json("/api/events/1").at("/status").asString()).isEqualTo("done");
			assertThat(json("/api/events/3").at("/status").asString()).isEqualTo("dead");
		});
	}

	@Test
	void listsEventsInTheOrderOfReceiptBehindOne() {
		JsonNode page = json("/api/events?after=1&limit=2");
		assertThat(page.at("/items")).extracting((item) -> item.at("/id").asString()).containsExactly("2", "3");
		assertThat(page.at("/next").asString()).isEqualTo("3");
		assertThat(json("/api/events?after=4").at("/items")).isEmpty();
		assertThat(json("/api/events?after=0&limit=1").at("/items/0/id").asString()).isEqualTo("1");
		for (String query : List.of("after=x", "after=1&cursor=2")) {
			assertThat(get("/api/events?" + query).getStatusCode()).as(query).isEqualTo(HttpStatus.BAD_REQUEST);
		}
	}

	@Test
	void listsEventsNewestFirst() {
		JsonNode page = json("/api/events?limit=3");
		assertThat(page.at("/items")).extracting((item) -> item.at("/type").asString())
			.containsExactly("UnrecognizedEvent", "PaymentOrder", "OpenChat");
		assertThat(page.at("/next").asString()).isEqualTo("2");
		JsonNode rest = json("/api/events?limit=3&cursor=2");
		assertThat(rest.at("/items")).extracting((item) -> item.at("/type").asString())
			.containsExactly("IncomingMessage");
		assertThat(rest.at("/next").isNull()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "kind=payment,3", "kind=unrecognized,4", "type=OpenChat,2", "title=open_chat,2", "service=whatsapp,1",
			"contact=60c0f31f457479d02b7512,1", "status=done,1", "status=dead,3", "q=WHATS UP,1",
			"q=up whats alexander,1", "handler=messages,1", "error=REFUSED order,3", "botName=revision,1",
			"paymentStatus=200,3" })
	void findsEvents(String filter, String id) {
		assertThat(json("/api/events?" + filter).at("/items")).extracting((item) -> item.at("/id").asString())
			.containsExactly(id);
	}

	@Test
	void refusesAStatusOfPaymentsThatThereIsNot() {
		assertThat(body(get("/api/events?paymentStatus=paid")).at("/detail").asString()).contains("COMPLETED");
		assertThat(json("/api/events?paymentStatus=completed").at("/items"))
			.isEqualTo(json("/api/events?paymentStatus=200").at("/items"));
	}

	@Test
	void replaysNothingByFiltersThatNarrowOnlyLists() {
		assertThat(post("/api/replays", "{\"error\":\"refused\",\"dryRun\":true}").getStatusCode())
			.isEqualTo(HttpStatus.BAD_REQUEST);
	}

	@Test
	void showsAllOfAnEvent() {
		JsonNode event = json("/api/events/1");
		assertThat(event.at("/message/text").asString()).isEqualTo("hey! whats up?");
		assertThat(event.at("/bound/contact/name").asString()).isEqualTo("Alexander");
		assertThat(event.at("/raw").asString()).startsWith("{").endsWith("}").contains("ABCDOAk1Z43535-sKd--dduwQ9p");
		assertThat(event.at("/deliveries/0/handler").asString()).isEqualTo("messages");
		assertThat(event.at("/deliveries/0/id").asString()).startsWith("1-").endsWith("-messages");
	}

	@Test
	void showsTheFailedAttemptsOfADelivery() {
		JsonNode delivery = json("/api/events/3").at("/deliveries/0");
		assertThat(delivery.at("/status").asString()).isEqualTo("dead");
		assertThat(delivery.at("/attempts/0/error").asString())
			.isEqualTo("java.lang.IllegalStateException: order refused");
		assertThat(delivery.at("/attempts/0/stackTrace").asString()).contains("ApiTests");
	}

	@Test
	void showsWhatOtherSystemsAnswered() throws Exception {
		assertThat(json("/api/events/1").at("/deliveries/0/answer").isNull()).isTrue();
		assertThat(json("/api/events/3").at("/deliveries/0/attempts/0/answer").isNull()).isTrue();
		TestDatabase.SQLITE.execute(directory,
				"update pulsehook_delivery set answer = '204 <No> Content' where event_id = 1",
				"update pulsehook_attempt set answer = '<b>broken</b>' where event_id = 3");
		assertThat(json("/api/events/1").at("/deliveries/0/answer").asString()).isEqualTo("204 <No> Content");
		assertThat(json("/api/events/3").at("/deliveries/0/attempts/0/answer").asString()).isEqualTo("<b>broken</b>");
		assertThat(page("/console/events/1")).contains("<code>204 &lt;No&gt; Content</code></pre>");
		assertThat(page("/console/events/3")).contains("<code>&lt;b&gt;broken&lt;/b&gt;</code></pre>");
	}

	@Test
	void showsAHandlerThatWasPausedByAnAnswer() {
		this.storage.deliveries().changeRest("messages", new Pause()).join();
		String handler = "/items/" + indexOf("messages");
		assertThat(json("/api/handlers").at(handler + "/state").asString()).isEqualTo("paused");
		assertThat(json("/api/handlers").at(handler + "/rest/reason").asString()).isEqualTo("410 Gone");
		for (String page : List.of("/console/handlers", "/console")) {
			assertThat(page(page)).as(page)
				.contains("<span class=\"badge paused\">Paused</span>", "<code>410 Gone</code>")
				.doesNotContain("badge resting");
		}
		post("/api/handlers/messages/resume", "");
		this.storage.deliveries().changeRest("messages", new End()).join();
		assertThat(json("/api/handlers").at(handler + "/state").asString()).isEqualTo("running");
	}

	private int indexOf(String handler) {
		List<String> ids = json("/api/handlers").at("/items")
			.valueStream()
			.map((item) -> item.at("/id").asString())
			.toList();
		return ids.indexOf(handler);
	}

	@Test
	void showsWhyAnEventWasNotRecognised() {
		assertThat(json("/api/events/4").at("/reason").asString()).isNotBlank();
		assertThat(json("/api/events/4").at("/bound/reason").asString()).isNotBlank();
	}

	@Test
	void givesBackTheExactBytes() {
		byte[] bytes = this.client.get().uri("/api/events/3/raw").retrieve().body(byte[].class);
		assertThat(bytes).asString().isEqualTo(Samples.PAYMENT_ORDER.strip());
	}

	@Test
	void listsDeliveries() {
		assertThat(json("/api/deliveries?status=dead").at("/items")).singleElement().satisfies((item) -> {
			assertThat(item.at("/handler").asString()).isEqualTo("orders");
			assertThat(item.at("/eventId").asString()).isEqualTo("3");
			assertThat(item.at("/lastError").asString()).contains("order refused");
		});
		JsonNode page = json("/api/deliveries?limit=1");
		assertThat(page.at("/items/0/eventId").asString()).isEqualTo("3");
		JsonNode next = json("/api/deliveries?limit=1&cursor=" + page.at("/next").asString());
		assertThat(next.at("/items/0/eventId").asString()).isEqualTo("1");
		assertThat(json("/api/deliveries?status=pending").at("/items")).isEmpty();
		assertThat(json("/api/deliveries?handler=messages&status=done").at("/items")).hasSize(1);
	}

	@Test
	void listsHandlers() {
		JsonNode handlers = json("/api/handlers").at("/items");
		assertThat(handlers).extracting((handler) -> handler.at("/id").asString())
			.containsExactlyInAnyOrder("messages", "orders", "ops");
		assertThat(handlers).filteredOn((handler) -> handler.at("/id").asString().equals("orders"))
			.singleElement()
			.satisfies((handler) -> {
				assertThat(handler.at("/type").asString()).isEqualTo("PaymentOrder");
				assertThat(handler.at("/counts/dead").asInt()).isEqualTo(1);
				assertThat(handler.at("/settings/maxRetries").asInt()).isZero();
				assertThat(handler.at("/settings/rate").isNull()).isTrue();
				assertThat(handler.at("/settings/ordering").asString()).isEqualTo("key");
			});
	}

	@Test
	void tellsWhereTheSettingsOfAHandlerComeFrom() {
		assertThat(json("/api/handlers").at("/items"))
			.filteredOn((handler) -> handler.at("/id").asString().equals("messages"))
			.singleElement()
			.satisfies((handler) -> {
				assertThat(handler.at("/settings/rate").asString()).isEqualTo("1/ms");
				assertThat(handler.at("/settings/filter/service/0").asString()).isEqualTo("*");
				assertThat(handler.at("/origins/rate").asString()).isEqualTo("annotation");
				assertThat(handler.at("/origins/filter").asString()).isEqualTo("annotation");
				assertThat(handler.at("/origins/maxRetries").asString()).isEqualTo("default");
				assertThat(handler.at("/origins/timeout").asString()).isEqualTo("property");
				assertThat(handler.at("/origins").propertyNames())
					.containsExactlyInAnyOrderElementsOf(handler.at("/settings").propertyNames());
			});
	}

	@Test
	void tellsWhereADestinationPassesEventsOnTo() {
		JsonNode handlers = json("/api/handlers").at("/items");
		assertThat(handlers).filteredOn((handler) -> !handler.at("/destination").isNull())
			.singleElement()
			.satisfies((handler) -> {
				assertThat(handler.at("/id").asString()).isEqualTo("ops");
				assertThat(handler.at("/destination/kind").asString()).isEqualTo("slack");
				assertThat(handler.at("/destination/target").asString()).isEqualTo("127.0.0.1");
				assertThat(handler.toString()).doesNotContain("only-we-know");
			});
	}

	@Test
	void tellsWhatComesOfATestOfADestination() {
		ResponseEntity<JsonNode> tested = post("/api/destinations/ops/test", "");
		assertThat(tested.getStatusCode()).isEqualTo(HttpStatus.OK);
		assertThat(body(tested).propertyNames()).containsExactlyInAnyOrder("ok", "answer", "error", "millis");
		assertThat(body(tested).at("/ok").asBoolean()).isFalse();
		assertThat(body(tested).at("/answer").isNull()).isTrue();
		assertThat(body(tested).at("/error").asString()).isEqualTo("The connection was refused.");
		assertThat(post("/api/destinations/orders/test", "").getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
	}

	@Test
	void pausesAndResumesAHandler() {
		assertThat(post("/api/handlers/messages/pause", "").getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);
		assertThat(json("/api/handlers").at("/items")).extracting((handler) -> handler.at("/paused").asBoolean())
			.containsExactlyInAnyOrder(true, false, false);
		assertThat(post("/api/handlers/messages/resume", "").getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);
		assertThat(post("/api/handlers/nobody/pause", "").getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
	}

	@Test
	void replaysOneEventAndThenAllDeadOnes() {
		JsonNode replay = body(post("/api/events/3/replay", "{\"handlers\":[\"orders\"]}"));
		assertThat(replay.at("/deliveries").asInt()).isEqualTo(1);
		Awaitility.await()
			.untilAsserted(() -> assertThat(json("/api/events/3").at("/deliveries/0/attempts")).hasSize(2));
		JsonNode count = body(post("/api/replays", "{\"status\":\"dead\",\"dryRun\":true}"));
		assertThat(count.at("/events").asInt()).isEqualTo(1);
		assertThat(count.at("/deliveries").asInt()).isEqualTo(1);
		ResponseEntity<JsonNode> begun = post("/api/replays", "{\"status\":\"dead\",\"handlers\":[\"orders\"]}");
		assertThat(begun.getStatusCode()).isEqualTo(HttpStatus.ACCEPTED);
		String path = "/api/replays/" + body(begun).at("/replayId").asString();
		Awaitility.await().untilAsserted(() -> {
			assertThat(json(path).at("/status").asString()).isEqualTo("done");
			assertThat(json(path).at("/deliveries").asInt()).isEqualTo(1);
			assertThat(json(path).at("/unfinished").asInt()).isZero();
			assertThat(json(path).at("/succeeded").asInt()).isZero();
			assertThat(json(path).at("/failed").asInt()).isEqualTo(1);
		});
		JsonNode newest = json("/api/replays?limit=2");
		assertThat(newest.at("/items/0")).isEqualTo(json(path));
		assertThat(newest.at("/items/0/handlers/0").asString()).isEqualTo("orders");
		assertThat(newest.at("/items/1/eventId").asString()).isEqualTo("3");
		assertThat(newest.at("/items/1/askedBy")).isEqualTo(newest.at("/items/0/askedBy"));
		assertThat(json("/api/replays?limit=1&cursor=" + newest.at("/items/0/replayId").asString()).at("/items/0"))
			.isEqualTo(newest.at("/items/1"));
		JsonNode since = body(
				post("/api/replays", "{\"status\":\"dead\",\"dryRun\":true,\"diedSince\":\"2999-01-01T00:00:00Z\"}"));
		assertThat(since.at("/deliveries").asInt()).isZero();
		assertThat(this.client.delete().uri(path).retrieve().toEntity(JsonNode.class).getStatusCode())
			.isEqualTo(HttpStatus.OK);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "/api/events?limit=0 | 'limit' is '0'", "/api/events?limit=501 | a number from 1 to 500",
					"/api/events?limit=many | 'limit' is 'many'",
					"/api/events?kind=mail | one of [chatbot, payment, unrecognized, alert]",
					"/api/events?status=bad | 'status' is 'bad'", "/api/events?from=yesterday | 'from' is 'yesterday'",
					"/api/events?cursor=x | 'cursor' is 'x'", "/api/events?titel=x | Unknown parameters [titel]",
					"/api/deliveries?cursor=x | 'cursor' is 'x'", "/api/deliveries?status=bad | 'status' is 'bad'" })
	void saysWhatIsWrongWithAParameter(String path, String detail) {
		ResponseEntity<JsonNode> answer = get(path);
		assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
		assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(body(answer).at("/detail").asString()).contains(detail);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "{\"handlers\":[\"nobody\"]} | among [messages, ops, orders]",
					"{\"handlers\":7} | a list of handlers", "{\"dryRun\":\"yes\"} | true or false",
					"{\"limit\":5} | Unknown parameters [limit]",
					"{\"dryrun\":true} | [bot, contact, diedSince, dryRun, from, handlers, includeDone, kind,",
					"{\"diedSince\":\"2026-01-01T00:00:00Z\"} | Set 'status' to dead",
					"{\"status\":\"dead\",\"diedSince\":\"today\"} | 'diedSince' is 'today'",
					"{\"from\":\"+1000000000-01-01T00:00:00Z\"} | Parameter 'from' is" })
	void saysWhatIsWrongWithAReplay(String body, String detail) {
		ResponseEntity<JsonNode> answer = post("/api/replays", body);
		assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
		assertThat(body(answer).at("/detail").asString()).contains(detail);
	}

	@ParameterizedTest
	@CsvSource({ "/api/events/999", "/api/events/x", "/api/events/999/raw", "/api/replays/999", "/api/replays/x" })
	void doesNotFindWhatIsNotThere(String path) {
		ResponseEntity<JsonNode> answer = get(path);
		assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
		assertThat(body(answer).at("/detail").asString()).startsWith("There is no ");
	}

	@Test
	void letsNobodyInWithoutALogin() {
		RestClient stranger = RestClient.builder()
			.baseUrl("http://localhost:" + this.port)
			.defaultStatusHandler((status) -> true, (request, response) -> {
			})
			.build();
		for (String path : List.of("/api/events", "/api/events/1", "/api/events/1/raw", "/api/handlers",
				"/api/deliveries", "/api/openapi.yaml", "/actuator", "/")) {
			assertThat(stranger.get().uri(path).retrieve().toBodilessEntity().getStatusCode()).as(path)
				.isEqualTo(HttpStatus.UNAUTHORIZED);
		}
		assertThat(stranger.get().uri("/actuator/health").retrieve().body(String.class)).contains("UP")
			.doesNotContain("inbox");
	}

	@Test
	void doesNotTrustWhatABrowserSendsForAnotherSite() {
		HttpStatusCode status = this.client.post()
			.uri("/api/handlers/messages/pause")
			.header(HttpHeaders.ORIGIN, "https://elsewhere.example")
			.retrieve()
			.toBodilessEntity()
			.getStatusCode();
		assertThat(status).isEqualTo(HttpStatus.FORBIDDEN);
		assertThat(json("/api/handlers").at("/items")).extracting((handler) -> handler.at("/paused").asBoolean())
			.containsOnly(false);
	}

	@Test
	void tellsWithALoginHowTheInboxIs() {
		assertThat(json("/actuator/health").at("/components/inbox/status").asString()).isEqualTo("UP");
		assertThat(json("/actuator/health/readiness").at("/status").asString()).isEqualTo("UP");
	}

	@Test
	void saysWhatToSetForReconciliations() {
		ResponseEntity<JsonNode> answer = get("/api/reconciliations");
		assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
		assertThat(body(answer).path("detail").asString()).contains("Set pulsehook.sendpulse.client-id");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/spool", "/api/spool/refused/1" })
	void saysWhatToSetForASpool(String path) {
		ResponseEntity<JsonNode> answer = get(path);
		assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
		assertThat(body(answer).path("detail").asString()).contains("Set pulsehook.spool.directory");
	}

	@Test
	@SuppressWarnings("unchecked")
	void isDescribedAsItIs() throws IOException {
		byte[] yaml = this.client.get().uri("/api/openapi.yaml").retrieve().body(byte[].class);
		Map<String, Object> description = new Yaml().load(new String(Objects.requireNonNull(yaml)));
		Set<String> described = new TreeSet<>();
		Map<String, Map<String, Object>> paths = (Map<String, Map<String, Object>>) description.get("paths");
		Objects.requireNonNull(paths)
			.forEach((path, methods) -> methods.keySet().forEach((method) -> described.add(method + " " + path)));
		Set<String> mapped = new TreeSet<>();
		this.requestMappingHandlerMapping.getHandlerMethods().forEach((info, method) -> collect(info, method, mapped));
		assertThat(described).isEqualTo(mapped);
		assertDescribed(description, "Event", json("/api/events").at("/items/0"));
		assertDescribed(description, "DeliveryItem", json("/api/deliveries").at("/items/0"));
		assertDescribed(description, "Delivery", json("/api/events/3").at("/deliveries/0"));
		assertDescribed(description, "Handler", json("/api/handlers").at("/items/0"));
	}

	private static void collect(RequestMappingInfo info, HandlerMethod method, Set<String> mapped) {
		if (method.getBeanType().getPackageName().equals("io.pulsehook.api")) {
			info.getMethodsCondition()
				.getMethods()
				.forEach((http) -> info.getPatternValues()
					.forEach((path) -> mapped.add(HttpMethod.valueOf(http.name()).name().toLowerCase() + " " + path)));
		}
	}

	@SuppressWarnings("unchecked")
	private static void assertDescribed(Map<String, Object> description, String schema, JsonNode value) {
		Map<String, Object> schemas = (Map<String, Object>) ((Map<String, Object>) Objects
			.requireNonNull(description.get("components"))).get("schemas");
		Map<String, Object> described = (Map<String, Object>) Objects
			.requireNonNull(Objects.requireNonNull(schemas).get(schema));
		Map<String, Object> properties = (Map<String, Object>) Objects.requireNonNull(described.get("properties"));
		assertThat(value.propertyNames()).as(schema)
			.isSubsetOf(properties.keySet())
			.containsAll((List<String>) Objects.requireNonNull(described.get("required")));
	}

	private JsonNode json(String path) {
		return body(get(path));
	}

	private ResponseEntity<JsonNode> get(String path) {
		return this.client.get().uri(path).retrieve().toEntity(JsonNode.class);
	}

	private @Nullable String page(String path) {
		return this.client.get().uri(path).accept(MediaType.TEXT_HTML).retrieve().body(String.class);
	}

	private ResponseEntity<JsonNode> post(String path, String body) {
		return this.client.post()
			.uri(path)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.retrieve()
			.toEntity(JsonNode.class);
	}

	private static JsonNode body(ResponseEntity<JsonNode> answer) {
		return Objects.requireNonNull(answer.getBody());
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class HandlerConfiguration {

		@Bean
		@Handler(filter = "service=*", rate = "1/ms")
		EventHandler<IncomingMessage> messages() {
			return (event, delivery) -> {
			};
		}

		@Bean
		EventHandler<PaymentOrder> orders() {
			return (event, delivery) -> {
				throw new IllegalStateException("order refused");
			};
		}

	}

}
