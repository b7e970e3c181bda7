package io.pulsehook.test.sendpulse;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.pulsehook.event.Channel;
import io.pulsehook.event.IncomingMessage;
import io.pulsehook.test.TestEvents;
import io.pulsehook.test.sendpulse.RawClient.Response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link FakeSendPulse}, over HTTP alone.
 */
class FakeSendPulseTests {

	private static final String HELLO = "{'contact_id':'c1','message':{'type':'text','text':'Hello!'}}";

	private static final String LOGIN = "{'grant_type':'client_credentials','client_id':'sp_id_fake','client_secret':'%s'}";

	private final FakeSendPulse server = new FakeSendPulse();

	private final RawClient client = new RawClient(this.server);

	@BeforeEach
	void limitNothing() {
		this.server.limit(1000);
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void givesATokenForAnHour() throws Exception {
		Response token = this.client.post("/oauth/access_token", LOGIN.formatted(FakeSendPulse.CLIENT_SECRET));
		assertThat(token.at("/token_type").stringValue()).isEqualTo("Bearer");
		assertThat(token.at("/expires_in").intValue()).isEqualTo(3600);
		this.client.authorization = "Bearer " + token.at("/access_token").stringValue();
		assertThat(this.client.post("/telegram/contacts/send", HELLO).status()).isEqualTo(200);
		this.server.expireTokens();
		assertThat(this.client.post("/telegram/contacts/send", HELLO).json())
			.isEqualTo(RawClient.MAPPER.readTree("{\"message\":\"Unauthorized!\",\"error_code\":401}"));
		assertThat(this.server.logins()).isEqualTo(1);
	}

	@Test
	void givesATokenForAFormToo() throws Exception {
		String form = "grant_type=client_credentials&client_id=sp_id_fake&client_secret=sp_secret_fake";
		assertThat(this.client.post("/oauth/access_token", "application/x-www-form-urlencoded", form).status())
			.isEqualTo(200);
		String part = "--x\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n";
		assertThat(this.client
			.post("/oauth/access_token", "multipart/form-data; boundary=x",
					part.formatted("grant_type", "client_credentials") + part.formatted("client_id", "sp_id_fake")
							+ part.formatted("client_secret", "sp_secret_fake") + "--x--\r\n")
			.status()).isEqualTo(200);
	}

	@Test
	void refusesAWrongSecretAndEveryLoginIfTold() throws Exception {
		assertThat(this.client.post("/oauth/access_token", LOGIN.formatted("wrong")).status()).isEqualTo(401);
		this.server.refuseLogins(true);
		assertThat(this.client.post("/oauth/access_token", LOGIN.formatted(FakeSendPulse.CLIENT_SECRET)).status())
			.isEqualTo(401);
		assertThat(this.client.post("/telegram/contacts/send", HELLO).status()).isEqualTo(401);
		this.server.refuseLogins(false);
		assertThat(this.client.post("/telegram/contacts/send", HELLO).status()).isEqualTo(200);
	}

	@Test
	void remembersWhatWasSent() throws Exception {
		this.client.post("/telegram/contacts/send", HELLO);
		this.client.post("/whatsapp/contacts/send",
				"{'contact_id':'c2','message':{'type':'text','text':{'body':'Hi!'}}}");
		this.client.post("/live-chat/contacts/send",
				"{'contact_id':'c3','messages':[{'type':'text','text':{'text':'Hey!'}}]}");
		assertThat(this.server.sent()).extracting(SentMessage::channel)
			.containsExactly(Channel.TELEGRAM, Channel.WHATSAPP, Channel.LIVECHAT);
		assertThat(this.server.sent()).extracting(SentMessage::text).containsExactly("Hello!", "Hi!", "Hey!");
		assertThat(this.server.sent()).extracting(SentMessage::type).containsOnly("text");
		assertThat(this.server.contact("c2").answers()).containsExactly("Hi!");
		assertThat(this.server.requests()).extracting(ApiRequest::status).containsExactly(200, 200, 200);
		assertThat(this.server.requests()).extracting(ApiRequest::operation).containsOnly("contacts/send");
		assertThat(this.server.requests().get(0).body().at("/message/text").stringValue()).isEqualTo("Hello!");
	}

	@Test
	void changesAContact() throws Exception {
		changed("setVariable", ",'variables':[{'variable_name':'age','variable_value':43}]");
		changed("setTag", ",'tags':['vip','new']");
		changed("deleteTag", ",'tag':'new'");
		changed("setPauseAutomation", ",'minutes':60");
		changed("openChat", "");
		changed("operators/assign", ",'operator_id':7701");
		FakeContact contact = this.server.contact("c1");
		assertThat(contact.variables()).hasEntrySatisfying("age", (age) -> assertThat(age.intValue()).isEqualTo(43));
		assertThat(contact.tags()).containsExactly("vip");
		assertThat(contact.isAutomationPaused()).isTrue();
		assertThat(contact.isChatOpen()).isTrue();
		assertThat(contact.operator()).isEqualTo(7701);
		Response read = this.client.get("/telegram/contacts/get?id=c1");
		assertThat(read.at("/data/tags/0").stringValue()).isEqualTo("vip");
		assertThat(read.at("/data/is_chat_opened").booleanValue()).isTrue();
		assertThat(
				this.client.get("/telegram/contacts/getPauseAutomation?contact_id=c1").at("/data/minutes").intValue())
			.isBetween(58, 60);
		changed("closeChat", "");
		changed("deletePauseAutomation", "");
		changed("deleteVariable", ",'variable_name':'age'");
		assertThat(contact.isChatOpen()).isFalse();
		assertThat(contact.isAutomationPaused()).isFalse();
		assertThat(contact.variables()).isEmpty();
		assertThat(this.client.put("/telegram/contacts/mark-read?contact_id=c1").at("/count").intValue()).isEqualTo(1);
	}

	private void changed(String operation, String fields) throws Exception {
		assertThat(this.client.post("/telegram/contacts/" + operation, "{'contact_id':'c1'" + fields + "}").status())
			.as(operation)
			.isEqualTo(200);
	}

	@Test
	void refusesWhatConsumersWereSeenToGetWrong() throws Exception {
		assertThat(this.client.post("/telegram/contacts/sendByContactId", HELLO).status()).isEqualTo(404);
		assertThat(this.client.post("/whatsapp/contacts/setVariablesByPhone", "{}").status()).isEqualTo(404);
		assertThat(this.client.post("/chatbots/whatsapp/contacts/sendByPhone", "{}").status()).isEqualTo(404);
		assertThat(this.client.post("/whatsapp/contacts/sendMessage", HELLO).status()).isEqualTo(404);
		assertThat(this.client.post("/instagram/chats/messages", "{'contact_id':'c1','text':'Hello!'}").status())
			.isEqualTo(404);
		Response pause = this.client.post("/telegram/contacts/setPauseAutomation",
				"{'contact_id':'c1','pause_time':60}");
		assertThat(pause.status()).isEqualTo(422);
		assertThat(pause.at("/errors/minutes/0").stringValue()).isEqualTo("The minutes field is required.");
		assertThat(pause.at("/errors/pause_time/0").stringValue()).isEqualTo("The pause_time field is not known.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'contact_id':'c1','message':{'type':'text','text':{'body':'Hello!'}}}",
			"{'contact_id':'c1','messages':[{'type':'text','text':'Hello!'}]}",
			"{'contact_id':'c1','message':{'type':'photo','photo':'no URL'}}",
			"{'contact_id':'c1','message':{'type':'sticker','sticker':'x'}}",
			"{'contact_id':'c1','message':{'type':'text','text':' '}}", "{'message':{'type':'text','text':'Hello!'}}",
			"{'contact_id':'c1','message':{'type':'text','text':'Hello!','reply_markup':{'inline_keyboard':[[{'text':'x',"
					+ "'type':'postback','to_chain_id':'f1'}]]}}}",
			"no JSON" })
	void refusesMessagesOfAnotherForm(String body) throws Exception {
		assertThat(this.client.post("/telegram/contacts/send", body).status()).isEqualTo(422);
		assertThat(this.server.sent()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void refusesMessagesOutsideTheWindowInEachForm(WindowRefusal refusal) throws Exception {
		this.server.contact("c1").outsideWindow(refusal);
		Response response = this.client.post("/whatsapp/contacts/send",
				"{'contact_id':'c1','message':{'type':'text','text':{'body':'Hello!'}}}");
		assertThat(response.status()).isEqualTo(refusal.reply().status());
		assertThat(response.http().body()).containsAnyOf("not active in 24hours", "contact.errors.not_active");
		assertThat(this.server.sent()).isEmpty();
		this.client.post("/whatsapp/contacts/sendTemplate",
				"{'contact_id':'c1','template':{'name':'back','language':{'code':'en'}}}");
		assertThat(this.server.sent()).extracting(SentMessage::type).containsExactly("template");
	}

	@Test
	void refusesMessagesToContactsThatCannotGetThem() throws Exception {
		this.server.contact("c1").block();
		assertThat(this.client.post("/telegram/contacts/send", HELLO).status()).isEqualTo(400);
		assertThat(this.client.get("/telegram/contacts/get?id=c1").at("/data/status").intValue()).isEqualTo(4);
		this.server.contact("c2").unknown();
		assertThat(this.client.get("/telegram/contacts/get?id=c2").status()).isEqualTo(404);
		this.server.contact("c3").on(Channel.WHATSAPP, "b1");
		assertThat(this.client.get("/telegram/contacts/get?id=c3").status()).isEqualTo(404);
		this.server.longestText(5);
		assertThat(this.client.post("/telegram/contacts/sendText", "{'contact_id':'c4','text':'Hello!'}").status())
			.isEqualTo(422);
		assertThat(this.server.sent()).isEmpty();
	}

	@Test
	void failsAsItIsTold() throws Exception {
		this.server.failNext(FakeAnswer.status(500));
		this.server.failNext(FakeAnswer.html(200));
		this.server.failNext(FakeAnswer.tooManyRequests("7"));
		this.server.failNext("contacts/get", FakeAnswer.status(403));
		assertThat(this.client.post("/telegram/contacts/send", HELLO).status()).isEqualTo(500);
		assertThat(this.client.post("/telegram/contacts/send", HELLO).http().body()).startsWith("<html>");
		assertThat(this.client.post("/telegram/contacts/send", HELLO).http().headers().firstValue("Retry-After"))
			.hasValue("7");
		assertThat(this.client.post("/telegram/contacts/send", HELLO).status()).isEqualTo(200);
		assertThat(this.client.get("/telegram/contacts/get?id=c1").at("/error_code").intValue()).isEqualTo(800);
		this.server.failEvery(3, FakeAnswer.status(429));
		List<Integer> statuses = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			statuses.add(this.client.get("/telegram/contacts/get?id=c1").status());
		}
		assertThat(statuses).containsExactly(200, 200, 429, 200, 200, 429);
		assertThat(this.server.sent()).hasSize(1);
	}

	@Test
	void cutsTheConnectionBeforeOrAfterwards() {
		this.server.failNext(FakeAnswer.cutConnection());
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> this.client.post("/telegram/contacts/send", HELLO));
		assertThat(this.server.sent()).isEmpty();
		this.server.failNext(FakeAnswer.cutConnection().afterwards());
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> this.client.post("/telegram/contacts/send", HELLO));
		assertThat(this.server.sent()).hasSize(1);
	}

	@Test
	void keepsSilentUntilItIsReset() throws Exception {
		this.client.timeout = Duration.ofMillis(300);
		this.server.failNext(FakeAnswer.silence());
		assertThatExceptionOfType(HttpTimeoutException.class)
			.isThrownBy(() -> this.client.post("/telegram/contacts/send", HELLO));
		assertThat(this.server.requests()).isEmpty();
		this.server.reset();
		this.client.timeout = Duration.ofSeconds(5);
		assertThat(this.client.post("/telegram/contacts/send", HELLO).status()).isEqualTo(200);
	}

	@Test
	void takesTenCallsASecond() throws Exception {
		// A busy machine may need more than a second for twelve calls.
		Awaitility.await().pollDelay(Duration.ZERO).untilAsserted(() -> {
			this.server.limit(10);
			List<Integer> statuses = new ArrayList<>();
			for (int i = 0; i < 12; i++) {
				statuses.add(this.client.get("/telegram/contacts/get?id=c1").status());
			}
			assertThat(statuses.subList(0, 10)).containsOnly(200);
			assertThat(statuses.subList(10, 12)).containsOnly(429);
		});
		Awaitility.await().until(() -> this.client.get("/telegram/contacts/get?id=c1").status() == 200);
	}

	@Test
	void listsTheHistoryNewestFirstAndPageByPage() throws Exception {
		Instant start = Instant.parse("2026-03-20T09:46:40Z");
		FakeContact contact = this.server.contact("c1").on(Channel.WHATSAPP, "b1");
		IntStream.range(0, 5)
			.forEach((i) -> contact
				.add(FakeMessage.ofContact("m" + i).withIds("id" + i, "wamid" + i).at(start.plusSeconds(i))));
		String path = "/whatsapp/chats/messages?contact_id=c1";
		assertThat(ids(path)).containsExactly("id4", "id3", "id2", "id1", "id0");
		assertThat(ids(path + "&order=asc&size=2")).containsExactly("id0", "id1");
		assertThat(ids(path + "&size=2&skip=1")).containsExactly("id3", "id2");
		assertThat(ids(path + "&size=2&search_after=id3")).containsExactly("id2", "id1");
		assertThat(ids(path + "&size=2&page=2")).containsExactly("id4", "id3");
		Response seen = this.client.get(path);
		assertThat(seen.at("/data/0/created_at").stringValue()).isEqualTo("2026-03-20T09:46:44+00:00");
		assertThat(seen.at("/data/0/data/text/body").stringValue()).isEqualTo("m4");
		assertThat(seen.at("/data/0/data/message_id").stringValue()).isEqualTo("wamid4");
		assertThat(seen.at("/data/0/type").stringValue()).isEqualTo("text");
		assertThat(seen.at("/meta/total").intValue()).isEqualTo(5);
		this.server.answer(AnswerStyle.AS_DOCUMENTED);
		Response documented = this.client.get(path);
		assertThat(documented.at("/data/0/created_at").stringValue()).isEqualTo("2026-03-20T09:46:44.000Z");
		assertThat(documented.at("/data/0").has("type")).isFalse();
		assertThat(documented.json().has("meta")).isFalse();
	}

	private List<String> ids(String path) throws Exception {
		return this.client.get(path).at("/data").valueStream().map((row) -> row.path("id").stringValue()).toList();
	}

	@Test
	void listsConversationsOfAllChannelsTheLatestFirst() throws Exception {
		Instant start = Instant.parse("2026-03-20T09:46:40Z");
		Channel[] channels = { Channel.TELEGRAM, Channel.WHATSAPP, Channel.TIKTOK };
		for (int i = 0; i < 3; i++) {
			this.server.contact("c" + i)
				.on(channels[i], "b" + i)
				.add(FakeMessage.ofContact("m" + i).at(start.plusSeconds(i)));
		}
		this.server.contact("c0").add(FakeMessage.ofNote("only for us").at(start.plusSeconds(1)));
		Response first = this.client.get("/chatbots/dialogs?size=2&order=desc");
		assertThat(first.at("/data/total").intValue()).isEqualTo(3);
		assertThat(first.at("/data/list/0/contact/id").stringValue()).isEqualTo("c2");
		assertThat(first.at("/data/list/0/service").intValue()).isEqualTo(8);
		String after = first.at("/data/search_after").stringValue();
		Response second = this.client.get("/chatbots/dialogs?size=2&order=desc&search_after=" + after);
		assertThat(second.at("/data/list")).hasSize(1);
		assertThat(second.at("/data/list/0/last_inbox_message/text").stringValue()).isEqualTo("m0");
		assertThat(
				this.client.get("/telegram/chats?bot_id=b0").at("/data/0/inbox_last_message/data/text").stringValue())
			.isEqualTo("m0");
		assertThat(this.client.get("/telegram/chats?bot_id=b1").at("/data")).isEmpty();
	}

	@Test
	void goesOnAfterADialogWhereverItMovedMeanwhile() throws Exception {
		Instant start = Instant.parse("2026-03-20T09:46:40Z");
		IntStream.range(0, 4)
			.forEach((i) -> this.server.contact("c" + i)
				.on(Channel.TELEGRAM, "b1")
				.add(FakeMessage.ofContact("m" + i).at(start.plusSeconds(i))));
		String path = "/chatbots/dialogs?size=2&order=desc";
		Response first = this.client.get(path);
		this.server.contact("c2").add(FakeMessage.ofContact("again").at(start.plusSeconds(60)));
		Response second = this.client.get(path + "&search_after=" + first.at("/data/search_after").stringValue());
		assertThat(contacts(first)).containsExactly("c3", "c2");
		assertThat(contacts(second)).containsExactly("c1", "c0");
		assertThat(contacts(this.client.get(path + "&page=2&bot_id=b2"))).containsExactly("c2", "c3");
		assertThat(contacts(this.client.get("/chatbots/dialogs?order=asc&skip=1&size=2"))).containsExactly("c1", "c3");
	}

	private static List<String> contacts(Response dialogs) {
		return dialogs.at("/data/list").valueStream().map((row) -> row.at("/contact/id").stringValue()).toList();
	}

	@Test
	void givesShorterPagesThanAskedForIfTold() throws Exception {
		this.server.largestPage(2);
		for (int i = 0; i < 3; i++) {
			this.server.contact("c" + i).on(Channel.TELEGRAM, "b1").add(FakeMessage.ofContact("m" + i));
			this.server.contact("c0").add(FakeMessage.ofContact("n" + i));
		}
		assertThat(this.client.get("/chatbots/dialogs?size=100").at("/data/list")).hasSize(2);
		assertThat(this.client.get("/telegram/chats/messages?contact_id=c0&size=100").at("/data")).hasSize(2);
	}

	@Test
	void showsMediaNotesServiceRowsAndRowsWithoutIds() throws Exception {
		Instant start = Instant.parse("2026-03-20T09:46:40Z");
		this.server.contact("c1")
			.on(Channel.TELEGRAM, "b1")
			.add(FakeMessage.ofMedia(Channel.TELEGRAM, "photo", "the roof").at(start))
			.add(FakeMessage.ofNote("rich").at(start.plusSeconds(1)))
			.add(FakeMessage.ofService(3).at(start.plusSeconds(2)))
			.add(FakeMessage.ofContact("hi").withType("text").withIds(null, null).at(start.plusSeconds(3)));
		Response history = this.client.get("/telegram/chats/messages?contact_id=c1&order=asc");
		assertThat(history.at("/data/0/data/caption").stringValue()).isEqualTo("the roof");
		assertThat(history.at("/data/0/data/photo/0/file_id").isString()).isTrue();
		assertThat(history.at("/data/0/data/message_id").isString()).isTrue();
		assertThat(history.at("/data").valueStream().map((row) -> row.path("type").asString())).containsExactly("2",
				"6", "3", "text");
		assertThat(history.at("/data/3").has("id")).isFalse();
		assertThat(history.at("/data/3/data").has("message_id")).isFalse();
		Response dialog = this.client.get("/chatbots/dialogs");
		assertThat(dialog.at("/data/list/0/last_inbox_message/text").stringValue()).isEqualTo("hi");
	}

	@Test
	void hasAMessageWhoseWebhookWasLost() throws Exception {
		IncomingMessage message = TestEvents.incomingMessage().service(Channel.INSTAGRAM).contact("c1").build();
		this.server.receive(message);
		assertThat(this.client.get("/instagram/chats/messages?contact_id=c1").at("/data/0/data/message_id").asString())
			.isEqualTo(message.messageId());
		assertThat(this.client.get("/chatbots/dialogs").at("/data/list/0/bot_id").stringValue())
			.isEqualTo(Objects.requireNonNull(message.bot()).id());
	}

	@Test
	void writesLiveChatAndTelegramAsDocumentedOrAsSeen() throws Exception {
		String hello = "{'contact_id':'c1','messages':[{'type':'text','text':{'text':'Hello!'}}]}";
		assertThat(this.client.post("/live-chat/contacts/send", hello).at("/data/contact_id").stringValue())
			.isEqualTo("c1");
		this.server.answer(AnswerStyle.AS_DOCUMENTED);
		assertThat(this.client.post("/live-chat/contacts/send", hello).at("/contact_id").stringValue()).isEqualTo("c1");
		this.server.contact("c2").on(Channel.TELEGRAM, "b1").add(FakeMessage.ofNote("only for us"));
		Response history = this.client.get("/telegram/chats/messages?contact_id=c2");
		assertThat(history.at("/data/0/type").intValue()).isEqualTo(6);
		assertThat(history.at("/data/0/sent_by/id").intValue()).isPositive();
	}

	@Test
	void knowsTheMessageThatAWebhookToldOf() throws Exception {
		IncomingMessage message = TestEvents.incomingMessage()
			.service(Channel.WHATSAPP)
			.messageId("wamid.X1")
			.text("hi")
			.build();
		this.server.contact("c1").on(Channel.WHATSAPP, "b1").add(FakeMessage.of(message));
		Response history = this.client.get("/whatsapp/chats/messages?contact_id=c1");
		assertThat(history.at("/data/0/data/message_id").stringValue()).isEqualTo("wamid.X1");
		assertThat(history.at("/data/0/id")).isEqualTo(Objects.requireNonNull(message.info()).at("/message/id"));
		assertThat(history.at("/data/0/data/text/body").stringValue()).isEqualTo("hi");
		assertThat(Instant.parse(history.at("/data/0/created_at").stringValue().replace("+00:00", "Z")))
			.isEqualTo(Objects.requireNonNull(message.date()).truncatedTo(ChronoUnit.SECONDS));
	}

	@Test
	void takesItsTokensAfterAReset() throws Exception {
		Response token = this.client.post("/oauth/access_token", LOGIN.formatted(FakeSendPulse.CLIENT_SECRET));
		this.server.reset();
		this.client.authorization = "Bearer " + token.at("/access_token").stringValue();
		assertThat(this.client.post("/telegram/contacts/send", HELLO).status()).isEqualTo(200);
		assertThat(this.server.logins()).isZero();
	}

	@Test
	void beginsAnewWhenItIsReset() throws Exception {
		this.server.contact("c1").block();
		this.server.failNext(FakeAnswer.status(500));
		this.server.refuseLogins(true);
		this.server.reset();
		assertThat(this.client.post("/telegram/contacts/send", HELLO).status()).isEqualTo(200);
		assertThat(this.server.sent()).hasSize(1);
		this.server.reset();
		assertThat(this.server.sent()).isEmpty();
		assertThat(this.server.requests()).isEmpty();
		assertThat(this.server.contact("c1").messages()).isEmpty();
	}

}
