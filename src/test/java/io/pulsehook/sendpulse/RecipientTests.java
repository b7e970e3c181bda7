package io.pulsehook.sendpulse;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import io.pulsehook.Delivery;
import io.pulsehook.event.Channel;
import io.pulsehook.event.IncomingMessage;
import io.pulsehook.sendpulse.HistoryMessage.Direction;
import io.pulsehook.sendpulse.http.BasePath;
import io.pulsehook.test.TestEvents;
import io.pulsehook.test.sendpulse.ApiRequest;
import io.pulsehook.test.sendpulse.FakeAnswer;
import io.pulsehook.test.sendpulse.FakeSendPulse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests each call against the requests that SendPulse documents.
 */
class RecipientTests {

	private static final FakeSendPulse api = new FakeSendPulse();

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final String URL = "https://example.com/a.png";

	private static final Button LINK = Button.link("Open", "https://example.com/");

	private static final Button FLOW = Button.flow("More", "flow1");

	private int seen;

	@BeforeEach
	void reset() {
		api.reset();
		api.limit(1_000);
	}

	@AfterAll
	static void stop() {
		api.close();
	}

	static Stream<Arguments> sends() throws IOException {
		JsonNode channels = JSON
			.readTree(new ClassPathResource("sends.json", RecipientTests.class).getContentAsByteArray());
		return channels.properties()
			.stream()
			.flatMap((channel) -> channel.getValue()
				.properties()
				.stream()
				.filter((request) -> request.getValue().isObject())
				.map((request) -> Arguments.of(Channel.of(channel.getKey()), request.getKey(),
						channel.getValue().path("path").stringValue(), request.getValue())));
	}

	private static void send(Recipient recipient, String call) {
		switch (call) {
			case "text" -> recipient.text("hi");
			case "buttons" -> recipient.text("hi", LINK, FLOW);
			case "flows" -> recipient.text("hi", FLOW);
			case "image" -> recipient.image(URL);
			case "captioned" -> recipient.image(URL, "look");
			case "document" -> recipient.document(URL);
			case "template" -> recipient.template("welcome", "en");
			default -> throw new IllegalArgumentException(call);
		}
	}

	@ParameterizedTest(name = "{1} on {0}")
	@MethodSource("sends")
	void sendsWhatTheChannelTakes(Channel channel, String call, String path, JsonNode fields) {
		if (call.equals("other")) {
			to(channel).send(fields.has("message") ? fields.path("message") : fields.path("messages").path(0));
		}
		else {
			send(to(channel), call);
		}
		ObjectNode expected = ((ObjectNode) fields).deepCopy().put("contact_id", "c1");
		expect("POST", path, expected);
		assertThat(api.sent()).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource({ "WHATSAPP, buttons, buttons with a link", "INSTAGRAM, document, documents",
			"VIBER, document, documents", "TIKTOK, document, documents", "TIKTOK, image, images",
			"INSTAGRAM, captioned, captions of images", "MESSENGER, captioned, captions of images",
			"VIBER, captioned, captions of images", "LIVECHAT, captioned, captions of images",
			"TELEGRAM, template, templates", "INSTAGRAM, template, templates", "MESSENGER, template, templates",
			"VIBER, template, templates", "LIVECHAT, template, templates", "TIKTOK, template, templates" })
	void saysWhatAChannelCannotDo(Channel channel, String call, String what) {
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> send(to(channel), call))
			.withMessageContaining("has no " + what + " for " + channel.code());
		assertThat(requests()).isEmpty();
	}

	@Test
	void sendsTemplatesOfWhatsApp() {
		to(Channel.WHATSAPP).template("welcome", "en");
		expect("POST", "/whatsapp/contacts/sendTemplate", """
				{"contact_id": "c1", "template": {"name": "welcome", "language": {"code": "en"}, "components": []}}""");
		to(Channel.WHATSAPP).template("welcome", "pt_BR", "Ann", "7");
		expect("POST", "/whatsapp/contacts/sendTemplate",
				"""
						{"contact_id": "c1", "template": {"name": "welcome", "language": {"code": "pt_BR"}, "components": [
						  {"type": "body", "parameters": [{"type": "text", "text": "Ann"}, {"type": "text", "text": "7"}]}]}}""");
		JsonNode own = JSON.readTree("{\"name\":\"a\",\"language\":{\"code\":\"en\"},\"components\":[{\"index\":0}]}");
		to(Channel.WHATSAPP).template(own);
		expect("POST", "/whatsapp/contacts/sendTemplate", "{\"contact_id\":\"c1\",\"template\":" + own + "}");
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "UNKNOWN")
	void changesTheContactOnEachChannel(Channel channel) {
		String base = BasePath.of(channel);
		Map<String, Consumer<Recipient>> calls = new LinkedHashMap<>();
		calls.put("/contacts/setVariable {\"variables\":[{\"variable_name\":\"age\",\"variable_value\":7}]}",
				(to) -> to.setVariable("age", 7));
		calls.put("/contacts/setTag {\"tags\":[\"new\",\"vip\"]}", (to) -> to.addTags("new", "vip"));
		calls.put("/contacts/deleteTag {\"tag\":\"vip\"}", (to) -> to.removeTag("vip"));
		calls.put("/contacts/setPauseAutomation {\"minutes\":61}",
				(to) -> to.pauseAutomation(Duration.ofSeconds(3601)));
		calls.put("/contacts/deletePauseAutomation {}", Recipient::resumeAutomation);
		calls.put("/contacts/openChat {}", Recipient::openChat);
		calls.put("/contacts/closeChat {}", Recipient::closeChat);
		calls.put("/flows/run {\"flow_id\":\"flow1\"}", (to) -> to.runFlow("flow1"));
		calls.put("/flows/run {\"flow_id\":\"flow1\",\"external_data\":{\"order\":7}}",
				(to) -> to.runFlow("flow1", Map.of("order", 7)));
		calls.put("/flows/runByTrigger {\"trigger_keyword\":\"/start\"}", (to) -> to.runTrigger("/start"));
		calls.put("/flows/runByTrigger {\"trigger_keyword\":\"/start\",\"external_data\":{\"order\":7}}",
				(to) -> to.runTrigger("/start", Map.of("order", 7)));
		calls.forEach((request, call) -> {
			call.accept(to(channel));
			String[] parts = request.split(" ", 2);
			expect("POST", base + parts[0], parts[1].replaceFirst("\\{",
					(parts[1].length() > 2) ? "{\"contact_id\":\"c1\"," : "{\"contact_id\":\"c1\""));
		});
	}

	@Test
	void setsVariablesOfAllTypesAtOnceAndNoOthers() {
		Map<String, Object> variables = new LinkedHashMap<>();
		variables.put("name", "Ann");
		variables.put("score", 1.5);
		variables.put("vip", true);
		to(Channel.TELEGRAM).setVariables(variables);
		expect("POST", "/telegram/contacts/setVariable",
				"""
						{"contact_id": "c1", "variables": [{"variable_name": "name", "variable_value": "Ann"},
						  {"variable_name": "score", "variable_value": 1.5}, {"variable_name": "vip", "variable_value": true}]}""");
		assertThatIllegalArgumentException().isThrownBy(() -> to(Channel.TELEGRAM).setVariable("born", Instant.EPOCH))
			.withMessageContaining("'born'");
		to(Channel.TELEGRAM).setVariables(Map.of());
		to(Channel.TELEGRAM).addTags();
		assertThat(requests()).isEmpty();
	}

	@Test
	void pausesAutomationForWholeMinutes() {
		for (Duration time : List.of(Duration.ofMillis(1), Duration.ofMinutes(1))) {
			to(Channel.TELEGRAM).pauseAutomation(time);
			expect("POST", "/telegram/contacts/setPauseAutomation", "{\"contact_id\":\"c1\",\"minutes\":1}");
		}
		for (Duration time : List.of(Duration.ZERO, Duration.ofMinutes(-1))) {
			assertThatIllegalArgumentException().isThrownBy(() -> to(Channel.TELEGRAM).pauseAutomation(time));
		}
	}

	@Test
	void sendsNothingThatIsNoMessage() {
		Recipient recipient = to(Channel.TELEGRAM);
		assertThatIllegalArgumentException().isThrownBy(() -> recipient.text(" "));
		assertThatIllegalArgumentException().isThrownBy(() -> recipient.send(JSON.readTree("[]")));
		for (String url : List.of("", "a.png", "file:///etc/passwd", "https://", "java script:secret")) {
			assertThatIllegalArgumentException().isThrownBy(() -> recipient.image(url))
				.withMessageNotContaining("secret");
			assertThatIllegalArgumentException().isThrownBy(() -> Button.link("Open", url));
		}
		assertThatIllegalArgumentException().isThrownBy(() -> Button.link("", URL));
		assertThatIllegalArgumentException().isThrownBy(() -> Button.flow("More", " "));
		assertThat(requests()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "UNKNOWN")
	void readsAContact(Channel channel) {
		api.failNext(FakeAnswer.status(200,
				"""
						{"success": true, "data": {"id": "c1", "bot_id": "b1", "status": 1,
						  "channel_data": {"name": "Ann"}, "tags": ["new", "vip"], "variables": {"Age": "7", "vip": true},
						  "is_chat_opened": true, "last_activity_at": "2026-03-20T09:46:40+00:00",
						  "automation_paused_until": "2026-03-20 10:46:40+00:00", "created_at": "2026-03-19T09:46:40.000Z"}}"""));
		ContactDetails contact = to(channel).contact();
		expectRead(BasePath.of(channel) + "/contacts/get", Map.of("id", "c1"));
		assertThat(contact.id()).isEqualTo("c1");
		assertThat(contact.botId()).isEqualTo("b1");
		assertThat(contact.status()).isEqualTo(ContactStatus.ACTIVE);
		assertThat(contact.name()).isEqualTo("Ann");
		assertThat(contact.tags()).containsExactly("new", "vip");
		assertThat(contact.variable("age").text()).isEqualTo("7");
		assertThat(contact.variable("none").text()).isNull();
		assertThat(contact.chatOpen()).isTrue();
		assertThat(contact.lastActivityAt()).isEqualTo("2026-03-20T09:46:40Z");
		assertThat(contact.createdAt()).isEqualTo("2026-03-19T09:46:40Z");
		assertThat(contact.isAutomationPaused(Instant.parse("2026-03-20T10:46:39Z"))).isTrue();
		assertThat(contact.isAutomationPaused(Instant.parse("2026-03-20T10:46:40Z"))).isFalse();
		assertThat(contact).hasToString("ContactDetails[status=ACTIVE]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "name", "full_name", "display_name", "first_name", "username", "user_name" })
	void readsTheNameOfAContactWhereEachChannelHasIt(String field) {
		api.failNext(FakeAnswer.status(200, "{\"data\":{\"channel_data\":{\"%s\":\"Ann\"}}}".formatted(field)));
		assertThat(to(Channel.TIKTOK).contact().name()).isEqualTo("Ann");
	}

	@Test
	void readsAContactOfWhichAllIsOtherwise() {
		api.failNext(FakeAnswer.status(200,
				"""
						{"id": 17, "bot_id": 4, "status": "4", "channel_data": {"full_name": "Ann"}, "tags": [{"id": 1, "name": "vip"}],
						  "variables": [], "is_chat_opened": 1, "last_activity_at": "yesterday"}"""));
		ContactDetails contact = to(Channel.LIVECHAT).contact();
		assertThat(contact.id()).isEqualTo("17");
		assertThat(contact.botId()).isEqualTo("4");
		assertThat(contact.status()).isEqualTo(ContactStatus.BLOCKED);
		assertThat(contact.name()).isEqualTo("Ann");
		assertThat(contact.tags()).containsExactly("vip");
		assertThat(contact.variables()).isEmpty();
		assertThat(contact.chatOpen()).isTrue();
		assertThat(contact.lastActivityAt()).isNull();
		assertThat(contact.isAutomationPaused(Instant.EPOCH)).isFalse();
		api.failNext(FakeAnswer.status(200, "{\"success\":true,\"data\":{\"status\":9}}"));
		assertThat(to(Channel.LIVECHAT).contact().status()).isEqualTo(ContactStatus.UNKNOWN);
		api.failNext(FakeAnswer.status(200, "{\"success\":true,\"data\":[]}"));
		assertThatExceptionOfType(SendPulseException.class).isThrownBy(() -> to(Channel.LIVECHAT).contact())
			.withMessageContaining("'contact'");
	}

	@Test
	void readsTheHistoryNewestFirst() {
		api.failNext(FakeAnswer.status(200,
				"""
						{"success": true, "data": [
						  {"id": "r3", "type": "operator_note", "direction": 2, "created_at": "2026-03-20T09:47:00+00:00", "data": {}},
						  {"id": "r2", "type": "text", "direction": 2, "data": {"message": {"text": "hello"}}},
						  {"id": "r1", "type": "text", "direction": 1, "created_at": "2026-03-20T09:46:40+00:00",
						    "data": {"message_id": "wamid.X1", "text": {"body": "hi"}}}],
						  "meta": {"total": 3, "limit": 100}, "links": {"next": null}}"""));
		List<HistoryMessage> history = to(Channel.WHATSAPP).history();
		expectRead("/whatsapp/chats/messages", Map.of("contact_id", "c1", "size", "100", "order", "desc"));
		assertThat(history).extracting(HistoryMessage::id).containsExactly("r3", "r2", "r1");
		assertThat(history).extracting(HistoryMessage::text).containsExactly(null, "hello", "hi");
		assertThat(history).extracting(HistoryMessage::direction)
			.containsExactly(Direction.OUT, Direction.OUT, Direction.IN);
		assertThat(history).extracting(HistoryMessage::isNote).containsExactly(true, false, false);
		assertThat(history.get(2).messageId()).isEqualTo("wamid.X1");
		assertThat(history.get(2).at()).isEqualTo("2026-03-20T09:46:40Z");
		assertThat(history.get(2)).hasToString("HistoryMessage[direction=IN, type=text]");
	}

	@Test
	void readsAHistoryWithoutAnEnvelopeAndWithIntegers() {
		api.failNext(FakeAnswer.status(200, """
				[{"id": 9, "type": 6, "direction": "2", "data": {"text": "note"}},
				 {"id": 8, "type": 1, "direction": "1", "data": {"message_id": 77, "caption": "look"}}]"""));
		List<HistoryMessage> history = to(Channel.TELEGRAM).history(2);
		expectRead("/telegram/chats/messages", Map.of("contact_id", "c1", "size", "2", "order", "desc"));
		assertThat(history).extracting(HistoryMessage::id).containsExactly("9", "8");
		assertThat(history).extracting(HistoryMessage::isNote).containsExactly(true, false);
		assertThat(history.get(1).messageId()).isEqualTo("77");
		assertThat(history.get(1).text()).isEqualTo("look");
		api.failNext(FakeAnswer.status(200, "{\"success\":true,\"data\":null}"));
		assertThat(to(Channel.TELEGRAM).history()).isEmpty();
		api.failNext(FakeAnswer.status(200, "{\"success\":true,\"data\":\"none\"}"));
		assertThatExceptionOfType(SendPulseException.class).isThrownBy(() -> to(Channel.TELEGRAM).history());
	}

	@Test
	void sendsOneMessageThoughTheHandlerFailsFiveTimesAfterwards() {
		Map<String, String> kept = new LinkedHashMap<>();
		for (int attempt = 1; attempt <= 6; attempt++) {
			Delivery delivery = Delivery.builder("h").attempt(attempt).steps(kept).build();
			Recipient recipient = client().to(message(Channel.TELEGRAM), delivery);
			recipient.addTags("greeted");
			recipient.text("hi");
			recipient.text("how are you?");
			recipient.runFlow("flow1");
		}
		assertThat(requests()).extracting(ApiRequest::path)
			.containsOnlyOnce("/telegram/flows/run")
			.filteredOn("/telegram/contacts/send"::equals)
			.hasSize(2);
		assertThat(kept).containsOnlyKeys("text to c1 #1", "text to c1 #2", "runFlow to c1 #1");
	}

	@Test
	void sendsAgainWhatSendPulseDidNotTake() {
		Map<String, String> kept = new LinkedHashMap<>();
		api.failNext(FakeAnswer.status(500, "{}"));
		Delivery first = Delivery.builder("h").steps(kept).build();
		assertThatExceptionOfType(SendPulseException.class)
			.isThrownBy(() -> client().to(message(Channel.TELEGRAM), first).text("hi"))
			.withMessageNotContaining("hi");
		client().to(message(Channel.TELEGRAM), Delivery.builder("h").attempt(2).steps(kept).build()).text("hi");
		assertThat(requests()).hasSize(2);
		assertThat(kept).containsOnlyKeys("text to c1 #1");
	}

	@Test
	void numbersWhatIsSentWithinAStepThere() {
		Map<String, String> kept = new LinkedHashMap<>();
		for (int attempt = 1; attempt <= 2; attempt++) {
			Delivery delivery = Delivery.builder("h").attempt(attempt).steps(kept).build();
			Recipient recipient = client().to(message(Channel.TELEGRAM), delivery);
			delivery.once("welcome", () -> recipient.text("hi"));
			recipient.text("how are you?");
		}
		assertThat(requests()).hasSize(2);
		assertThat(kept).containsOnlyKeys("welcome/text to c1 #1", "welcome", "text to c1 #1");
	}

	@Test
	void worksInAUnitTestWithNothingButADelivery() {
		IncomingMessage message = message(Channel.VIBER);
		client().to(message, Delivery.of("greet", "{}")).text("hi");
		assertThat(requests()).hasSize(1);
	}

	@Test
	void refusesAnEventWithoutAContactOrAChannel() {
		IncomingMessage nobody = TestEvents.incomingMessage().with("/contact/id", null).build();
		assertThatIllegalArgumentException().isThrownBy(() -> client().to(nobody, Delivery.of("h", "{}")))
			.withMessageContaining("no contact");
		IncomingMessage nowhere = TestEvents.incomingMessage().with("/service", "fax").build();
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> client().to(nowhere, Delivery.of("h", "{}")));
		assertThatIllegalStateException()
			.isThrownBy(() -> new SendPulse(null, Map.of()).to(message(Channel.VIBER), Delivery.of("h", "{}")));
	}

	@Test
	void tellsNobodyWhatIsSentToWhom() {
		assertThat(List.of(to(Channel.TELEGRAM), LINK, JsonForm.of(JSON.readTree("{\"a\":\"secret\"}"))))
			.allSatisfy((value) -> assertThat(value.toString()).doesNotContain("c1", "Open", "example", "secret"));
	}

	private void expect(String method, String path, String body) {
		expect(method, path, JSON.readTree(body));
	}

	private void expect(String method, String path, JsonNode body) {
		assertThat(requests()).singleElement().satisfies((request) -> {
			assertThat(request.method()).isEqualTo(method);
			assertThat(request.path()).isEqualTo(path);
			assertThat(request.contentType()).isEqualTo("application/json");
			assertThat(request.body()).isEqualTo(body);
			assertThat(request.status()).isEqualTo(200);
		});
	}

	private void expectRead(String path, Map<String, String> query) {
		assertThat(requests()).singleElement().satisfies((request) -> {
			assertThat(request.method()).isEqualTo("GET");
			assertThat(request.path()).isEqualTo(path);
			assertThat(request.query()).isEqualTo(query);
		});
	}

	/** The requests since the last call of this method. */
	private List<ApiRequest> requests() {
		List<ApiRequest> all = api.requests();
		List<ApiRequest> latest = all.subList(this.seen, all.size());
		this.seen = all.size();
		return latest;
	}

	// A client that has made no call yet, so that its limit keeps none waiting.
	private static SendPulse client() {
		SendPulseSettings settings = new SendPulseSettings(null, null, FakeSendPulse.API_KEY, api.url(),
				Duration.ofSeconds(10));
		return new SendPulse(new SendPulseAccount("pulsehook.sendpulse", settings, new JdkClientHttpRequestFactory(),
				() -> 1, InstantSource.system()), Map.of());
	}

	private static Recipient to(Channel channel) {
		return client().to(message(channel), Delivery.of("h", "{}"));
	}

	private static IncomingMessage message(Channel channel) {
		return TestEvents.incomingMessage().service(channel).contact("c1").build();
	}

}
