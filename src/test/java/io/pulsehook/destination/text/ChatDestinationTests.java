package io.pulsehook.destination.text;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.pulsehook.Delivery;
import io.pulsehook.RetryLaterException;
import io.pulsehook.Samples;
import io.pulsehook.destination.DestinationFactory;
import io.pulsehook.destination.DestinationSettings;
import io.pulsehook.destination.DestinationSettings.Slack;
import io.pulsehook.destination.DestinationSettings.Telegram;
import io.pulsehook.destination.PayloadFormat;
import io.pulsehook.destination.http.HttpReceiver;
import io.pulsehook.dispatch.handler.Destination;
import io.pulsehook.dispatch.handler.DestinationException;
import io.pulsehook.dispatch.handler.DestinationGoneException;
import io.pulsehook.dispatch.handler.OutgoingEvent;
import io.pulsehook.event.EventReader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests what a chat is sent, and what comes of its answers.
 */
class ChatDestinationTests {

	private static final String TOKEN = "123456:AA-the_token";

	private static final String TEXT = "<b>{contact.name}</b>: {message.text}";

	private final HttpReceiver server = new HttpReceiver();

	@BeforeEach
	void takeAll() {
		this.server.answer(200);
	}

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void sendsATextToAChatOfTelegram() throws Exception {
		assertThat(telegram(TEXT).send(message("Tom <&> \\\"Ann\\\""))).isEqualTo("200 OK");
		HttpReceiver.Received received = this.server.all().get(0);
		assertThat(received.path()).isEqualTo("/bot" + TOKEN + "/sendMessage");
		assertThat(received.header("content-type")).isEqualTo("application/json");
		assertThat(received.json().propertyNames()).containsExactlyInAnyOrder("chat_id", "text", "parse_mode");
		assertThat(received.json().path("chat_id").asString()).isEqualTo("-1001");
		assertThat(received.json().path("parse_mode").asString()).isEqualTo("HTML");
		assertThat(received.json().path("text").asString())
			.isEqualTo("<b>Alexander</b>: Tom &lt;&amp;&gt; &quot;Ann&quot;");
	}

	@Test
	void sendsATextToAChannelOfSlack() throws Exception {
		assertThat(slack("*{contact.name}*: {message.text}").send(message("<!channel> & \\\"Ann\\\"")))
			.isEqualTo("200 OK");
		HttpReceiver.Received received = this.server.all().get(0);
		assertThat(received.path()).isEqualTo("/services/T1/B1/secret");
		assertThat(received.json().propertyNames()).containsExactly("text");
		assertThat(received.json().path("text").asString()).isEqualTo("*Alexander*: &lt;!channel&gt; &amp; \"Ann\"");
	}

	@Test
	void sendsTelegramNoMoreThanItTakes() throws Exception {
		telegram(TEXT).send(message("&".repeat(10_000)));
		assertThat(this.server.all().get(0).json().path("text").asString()).startsWith("<b>Alexander</b>: &amp;")
			.endsWith("&amp;…")
			.hasSizeBetween(20_000, 21_000);
	}

	@Test
	void restsForAsLongAsTelegramSays() {
		this.server.answer(429, Map.of(),
				"{\"ok\":false,\"error_code\":429,\"description\":\"Too Many Requests: retry after 7\","
						+ "\"parameters\":{\"retry_after\":7}}");
		assertThatExceptionOfType(RetryLaterException.class).isThrownBy(() -> telegram(TEXT).send(message("Hi")))
			.satisfies((ex) -> assertThat(ex.getPause()).isEqualTo(Duration.ofSeconds(7)))
			.havingCause()
			.isInstanceOfSatisfying(DestinationException.class,
					(cause) -> assertThat(cause.answer()).contains("retry after 7"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "busy", "{}", "{\"parameters\":{\"retry_after\":\"soon\"}}" })
	void failsIfTelegramDoesNotSayForHowLong(String answer) {
		this.server.answer(429, Map.of(), answer);
		assertThatExceptionOfType(DestinationException.class).isThrownBy(() -> telegram(TEXT).send(message("Hi")));
	}

	@Test
	void failsIfThereIsNoSuchChat() {
		this.server.answer(400, Map.of(),
				"{\"ok\":false,\"error_code\":400,\"description\":\"Bad Request: chat not found\","
						+ "\"parameters\":{\"retry_after\":7},\"token\":\"" + TOKEN + "\"}");
		assertThatExceptionOfType(DestinationException.class).isThrownBy(() -> telegram(TEXT).send(message("Hi")))
			.withMessage("The answer was 400 Bad Request.")
			.satisfies((ex) -> assertThat(ex.answer()).contains("chat not found").doesNotContain("AA-the_token"));
	}

	@Test
	void isGoneIfTheChannelIsArchived() {
		this.server.answer(410, Map.of(), "channel_is_archived");
		assertThatExceptionOfType(DestinationGoneException.class)
			.isThrownBy(() -> slack("{message.text}").send(message("Hi")))
			.satisfies((ex) -> assertThat(ex.answer()).contains("channel_is_archived"));
	}

	@Test
	void sendsNoEmptyText() throws Exception {
		OutgoingEvent subscriber = event(1, Samples.UNSUBSCRIBE);
		assertThat(telegram("<b>{message.text}</b> ").send(subscriber)).startsWith("Nothing was sent");
		assertThat(slack("{message.text}").send(subscriber)).startsWith("Nothing was sent");
		assertThat(this.server.all()).isEmpty();
	}

	@Test
	void marksASample() throws Exception {
		slack("{message.text}").send(event(0, Samples.INCOMING_MESSAGE));
		assertThat(this.server.all().get(0).json().path("text").asString()).isEqualTo("[Test] hey! whats up?");
	}

	@Test
	void refusesATokenThatIsNoneWithoutQuotingIt() {
		assertThatIllegalArgumentException().isThrownBy(() -> telegram("the token", TEXT))
			.withMessageStartingWith("telegram.token is not the token of a bot")
			.withMessageNotContaining("the token,")
			.withNoCause();
	}

	@Test
	void refusesATextThatTheChatWouldRefuse() {
		assertThatIllegalArgumentException().isThrownBy(() -> telegram("a < {message.text}"))
			.withMessageStartingWith("text has a '<' at position 3");
		assertThatIllegalArgumentException().isThrownBy(() -> slack("{message.txt}"))
			.withMessageStartingWith("text has {message.txt}");
	}

	@Test
	void keepsItsUrlToItself() {
		assertThat(telegram(TEXT).toString() + slack("{id}")).doesNotContain("token", "secret", "127.0.0.1");
	}

	private Destination telegram(String text) {
		return telegram(TOKEN, text);
	}

	private Destination telegram(String token, String text) {
		return create(new TelegramDestinationFactory(HttpReceiver.clients()::post),
				settings(new Telegram(token, "-1001", this.server.url("/")), null, text));
	}

	private Destination slack(String text) {
		URI url = this.server.url("/services/T1/B1/secret");
		return create(new SlackDestinationFactory(HttpReceiver.clients()::post), settings(null, new Slack(url), text));
	}

	private static Destination create(DestinationFactory factory, DestinationSettings settings) {
		assertThat(factory.supports(settings)).isTrue();
		assertThat(factory.supports(settings(null, null, "text"))).isFalse();
		return factory.create("ops", settings, Duration.ofSeconds(5));
	}

	private static DestinationSettings settings(@Nullable Telegram telegram, @Nullable Slack slack, String text) {
		return new DestinationSettings(null, List.of(), Map.of(), telegram, slack, null, List.of(), PayloadFormat.EVENT,
				text);
	}

	private static OutgoingEvent message(String text) {
		return event(1, Samples.INCOMING_MESSAGE.replace("hey! whats up?", text));
	}

	private static OutgoingEvent event(long id, String sample) {
		String json = Samples.element(sample);
		byte[] body = json.getBytes();
		return new OutgoingEvent(id, "IncomingMessage", new EventReader().read(body), body, Delivery.of("ops", json));
	}

}
