package io.pulsehook.reconcile;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.UseMainMethod;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.app.PulsehookApplication;
import io.pulsehook.destination.http.HttpReceiver;
import io.pulsehook.event.Channel;
import io.pulsehook.event.IncomingMessage;
import io.pulsehook.sendpulse.QuickAccount;
import io.pulsehook.sendpulse.SendPulse;
import io.pulsehook.test.Pulsehook;
import io.pulsehook.test.PulsehookTest;
import io.pulsehook.test.TestEvents;
import io.pulsehook.test.sendpulse.FakeAnswer;
import io.pulsehook.test.sendpulse.FakeMessage;
import io.pulsehook.test.sendpulse.FakeSendPulse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what the operator sees of reconciliations: the API, the pages, the alarm and the
 * metrics.
 */
@SpringBootTest(classes = { PulsehookApplication.class, ReconciliationPagesTests.Account.class },
		useMainMethod = UseMainMethod.ALWAYS,
		properties = { "pulsehook.token=a-token-for-the-tests-of-reconciliations",
				"spring.security.user.password=secret", "pulsehook.alerts.pause=1ms" })
@PulsehookTest
@AutoConfigureMockMvc
@ExtendWith(OutputCaptureExtension.class)
@DirtiesContext
class ReconciliationPagesTests {

	private static final String SECRET = "<b>secret words</b>";

	private static final String PHONE = "380501234567";

	private static final HttpReceiver alarms = new HttpReceiver();

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private Pulsehook pulsehook;

	@Autowired
	private FakeSendPulse sendPulse;

	@Autowired
	private MeterRegistry meters;

	private Instant sentAt = Instant.EPOCH;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("pulsehook.alerts.url", () -> alarms.url().toString());
	}

	@AfterAll
	static void close() {
		alarms.close();
	}

	@BeforeEach
	void loseAMessage() {
		this.sentAt = this.pulsehook.clock().instant().minus(2, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
		IncomingMessage first = TestEvents.incomingMessage()
			.service(Channel.WHATSAPP)
			.bot("b1")
			.contact("c1")
			.phone(PHONE)
			.date(this.sentAt.minusSeconds(60))
			.build();
		this.pulsehook.post(first);
		this.sendPulse.receive(first).add(FakeMessage.ofContact(SECRET).withIds("row-1", "wamid.1").at(this.sentAt));
	}

	@Test
	void findsAndStoresThroughTheApi() {
		MvcTestResult started = post("/api/reconciliations", "{\"window\":\"3h\"}");
		assertThat(started).hasStatus(HttpStatus.ACCEPTED);
		String id = json(started).path("id").stringValue();
		assertThat(started).hasHeader("Location", "/api/reconciliations/" + id);
		assertThat(json(started).path("status").stringValue()).isEqualTo("running");
		JsonNode done = awaitEnd(id);
		assertThat(done.path("status").stringValue()).isEqualTo("done");
		assertThat(done.path("contacts").intValue()).isEqualTo(1);
		assertThat(done.path("found").intValue()).isEqualTo(1);
		assertThat(done.path("newlyFound").intValue()).isEqualTo(1);
		assertThat(done.path("scheduled").booleanValue()).isFalse();
		assertThat(done.path("missing")).isEqualTo(JsonMapper.shared().readTree("""
				[{"source":"default","service":"whatsapp","bot":"b1","contact":"c1","messageId":"wamid.1",
				  "text":"%s","at":"%s","eventId":null}]""".formatted(SECRET, this.sentAt)));
		JsonNode listed = json(get("/api/reconciliations?limit=1")).path("items");
		assertThat(listed).singleElement().satisfies((item) -> {
			assertThat(item.path("id").stringValue()).isEqualTo(id);
			assertThat(item.has("missing")).isFalse();
		});
		assertThat(post("/api/reconciliations/" + id + "/store", "")).hasStatusOk()
			.bodyJson()
			.isStrictlyEqualTo("{\"stored\":1}");
		assertThat(post("/api/reconciliations/" + id + "/store", "")).bodyJson().isStrictlyEqualTo("{\"stored\":0}");
		String event = json(get("/api/reconciliations/" + id)).at("/missing/0/eventId").stringValue();
		JsonNode stored = json(get("/api/events/" + event));
		assertThat(stored.at("/type").stringValue()).isEqualTo("IncomingMessage");
		assertThat(stored.at("/message/text").stringValue()).isEqualTo(SECRET);
		assertThat(stored.at("/raw").stringValue()).contains("\"reconciled\":true");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"window\":\"nonsense\"}", "{\"window\":\"-1h\"}", "{\"window\":\"0s\"}",
			"{\"window\":\"99d\"}", "{\"window\":24}", "{\"window\":\"24\"}", "{\"windwo\":\"24h\"}" })
	void refusesAWindowThatIsNone(String body) {
		assertThat(post("/api/reconciliations", body)).hasStatus(HttpStatus.BAD_REQUEST).bodyText().contains("window");
	}

	@Test
	void answersThatAReconciliationIsUnknown() {
		assertThat(get("/api/reconciliations/99")).hasStatus(HttpStatus.NOT_FOUND);
		assertThat(get("/api/reconciliations/x")).hasStatus(HttpStatus.NOT_FOUND);
		assertThat(post("/api/reconciliations/99/store", "")).hasStatus(HttpStatus.NOT_FOUND);
		assertThat(get("/console/reconciliations/99")).hasStatus(HttpStatus.NOT_FOUND);
	}

	@Test
	void storesNothingWhileItRuns() {
		this.sendPulse.failNext("chats/messages", FakeAnswer.silence());
		String id = json(post("/api/reconciliations", "")).path("id").stringValue();
		try {
			assertThat(post("/api/reconciliations/" + id + "/store", "")).hasStatus(HttpStatus.CONFLICT)
				.bodyText()
				.contains("still running");
			assertThat(json(post("/api/reconciliations", "")).path("id").stringValue()).isEqualTo(id);
			assertThat(get("/console/reconciliations/" + id)).bodyText()
				.contains("data-poll=\"second\"")
				.doesNotContain("/store");
			assertThat(get("/console/reconciliations")).bodyText().contains("Checking…");
		}
		finally {
			this.sendPulse.reset();
			awaitEnd(id);
		}
	}

	@Test
	void saysWhoseMessagesCouldNotBeCompared() {
		this.sendPulse.failNext("chats/messages", FakeAnswer.status(403));
		String id = json(post("/api/reconciliations", "")).path("id").stringValue();
		JsonNode done = awaitEnd(id);
		assertThat(done.path("error").stringValue()).contains("the messages of 1 contact,");
		assertThat(done.path("contactsNotCompared").intValue()).isEqualTo(1);
		assertThat(done.path("messagesNotCompared").intValue()).isZero();
		assertThat(get("/console/reconciliations/" + id)).bodyText()
			.contains("not all was compared", "the messages of 1 contact,")
			.doesNotContain("Nothing is missing");
	}

	@Test
	void showsWhatIsMissingOnItsPageAndStoresIt() {
		assertThat(get("/console")).bodyText().contains("/console/reconciliations\"");
		assertThat(get("/console/reconciliations")).hasStatusOk().bodyText().contains("Check now", "24 h");
		String page = String.valueOf(post("/console/reconciliations").getResponse().getRedirectedUrl());
		String id = page.substring(page.lastIndexOf('/') + 1);
		awaitEnd(id);
		assertThat(get("/console/reconciliations")).bodyText()
			.contains("1 message that SendPulse did not send", ", 1 not stored");
		assertThat(get(page)).bodyText()
			.contains("Store 1 message", "WhatsApp", "href=\"/console/contacts/c1\"", "&lt;b&gt;secret words&lt;/b&gt;",
					"not stored")
			.doesNotContain(SECRET);
		MvcTestResult stored = post(page + "/store");
		assertThat(stored).hasStatus(HttpStatus.SEE_OTHER).hasRedirectedUrl(page + "?stored=1");
		assertThat(get(page + "?stored=1")).bodyText()
			.contains("1 message was stored", "/console/events/")
			.doesNotContain("Store 1 message");
		assertThat(get("/console/reconciliations")).bodyText().contains(", all stored");
	}

	@Test
	void tellsTheOperatorOnceAndNothingSecret(CapturedOutput output) {
		double before = missing();
		String id = json(post("/api/reconciliations", "")).path("id").stringValue();
		awaitEnd(id);
		this.pulsehook.clock().advance(Duration.ofMinutes(1));
		Awaitility.await().until(() -> alarms(id).size() == 1);
		JsonNode alarm = alarms(id).get(0);
		assertThat(alarm.path("kind").stringValue()).isEqualTo("missing");
		assertThat(alarm.path("count").intValue()).isEqualTo(1);
		assertThat(missing()).isEqualTo(before + 1);
		String again = json(post("/api/reconciliations", "")).path("id").stringValue();
		awaitEnd(again);
		assertThat(get("/console/reconciliations/" + again)).bodyText()
			.contains("1 message that SendPulse did not send", "have found all of these already");
		assertThat(missing()).isEqualTo(before + 1);
		post("/api/reconciliations/" + again + "/store", "");
		assertThat(missing()).isEqualTo(before);
		this.pulsehook.clock().advance(Duration.ofMinutes(1));
		String told = output + String.join("\n", alarms.all().stream().map(HttpReceiver.Received::text).toList())
				+ metrics();
		assertThat(told).doesNotContain("secret words", PHONE, FakeSendPulse.API_KEY, "wamid.1");
		assertThat(alarms(id)).hasSize(1);
		assertThat(alarms(again)).isEmpty();
	}

	private static List<JsonNode> alarms(String id) {
		return alarms.all()
			.stream()
			.flatMap((post) -> JsonMapper.shared().readTree(post.text()).at("/data/alarms").valueStream())
			.filter((alarm) -> alarm.path("reconciliation").asString("").equals(id))
			.toList();
	}

	private double missing() {
		return this.meters.get("pulsehook.reconciliation.missing").gauge().value();
	}

	private String metrics() {
		return this.meters.getMeters().stream().map((meter) -> meter.getId().toString()).toList().toString();
	}

	private JsonNode awaitEnd(String id) {
		Awaitility.await()
			.until(() -> !json(get("/api/reconciliations/" + id)).path("status").stringValue().equals("running"));
		return json(get("/api/reconciliations/" + id));
	}

	private MvcTestResult get(String path) {
		return exchange(this.mvc.get().uri(path));
	}

	private MvcTestResult post(String path, String json) {
		return exchange(posting(path).contentType(MediaType.APPLICATION_JSON).content(json));
	}

	private MvcTestResult post(String path) {
		return exchange(posting(path));
	}

	private MockMvcRequestBuilder posting(String path) {
		return this.mvc.post().uri(path).with(SecurityMockMvcRequestPostProcessors.csrf());
	}

	private static MvcTestResult exchange(MockMvcRequestBuilder request) {
		return request.with(SecurityMockMvcRequestPostProcessors.user("user")).exchange();
	}

	private static JsonNode json(MvcTestResult result) {
		return JsonMapper.shared().readTree(text(result));
	}

	private static String text(MvcTestResult result) {
		return new String(result.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Account {

		@Bean
		SendPulse sendPulse(FakeSendPulse server) {
			return QuickAccount.of(server);
		}

	}

}
