package io.pulsehook.sendpulse;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;

import io.pulsehook.EventHandler;
import io.pulsehook.event.Channel;
import io.pulsehook.event.IncomingMessage;
import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.test.Pulsehook;
import io.pulsehook.test.PulsehookTest;
import io.pulsehook.test.TestDelivery;
import io.pulsehook.test.TestEvents;
import io.pulsehook.test.sendpulse.AnswerStyle;
import io.pulsehook.test.sendpulse.FakeAnswer;
import io.pulsehook.test.sendpulse.FakeContact;
import io.pulsehook.test.sendpulse.FakeMessage;
import io.pulsehook.test.sendpulse.FakeSendPulse;
import io.pulsehook.test.sendpulse.WindowRefusal;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what a contact gets of a handler that answers, and what becomes of its
 * deliveries.
 */
@PulsehookTest(classes = AnsweringHandlerTests.Answering.class)
class AnsweringHandlerTests {

	@Autowired
	private Pulsehook pulsehook;

	@Autowired
	private FakeSendPulse sendPulse;

	@BeforeEach
	void letCallsFollowEachOther() {
		this.sendPulse.limit(1_000);
	}

	@Test
	void sendsOneMessageThoughItFailsFiveTimesAfterwards() {
		handle("fail 5 times");
		assertThat(delivery().attempts()).isEqualTo(6);
		assertThat(delivery().status()).isEqualTo(DeliveryStatus.DONE);
		assertThat(contact().answers()).containsExactly("Hello!", "How are you?");
		assertThat(contact().tags()).containsExactly("greeted");
		assertThat(contact().variables()).containsOnlyKeys("asked");
	}

	@Test
	void sendsAgainWhatFailedAndNothingElse() {
		this.sendPulse.failNext("contacts/send", FakeAnswer.status(500));
		handle("hi");
		assertThat(delivery().attempts()).isEqualTo(2);
		assertThat(contact().answers()).containsExactly("Hello!", "How are you?");
	}

	// Nobody can know whether a message was sent whose answer is lost.
	@Test
	void sendsOnceMoreWhatNobodyKnowsOf() {
		this.sendPulse.failNext("contacts/send", FakeAnswer.status(500).afterwards());
		handle("hi");
		assertThat(contact().answers()).containsExactly("Hello!", "Hello!", "How are you?");
	}

	@ParameterizedTest
	@EnumSource
	void givesUpAtOnceWhereNothingCanBeSentAnyMore(WindowRefusal refusal) {
		contact().outsideWindow(refusal);
		handle("hi");
		assertThat(delivery().status()).isEqualTo(DeliveryStatus.DEAD);
		assertThat(delivery().attempts()).isEqualTo(1);
		assertThat(delivery().error()).contains("OutsideWindowException").doesNotContain("Hello!", "c1");
		assertThat(contact().answers()).isEmpty();
	}

	@Test
	void givesUpAtOnceOnAContactThatIsNotKnown() {
		contact().unknown();
		handle("hi");
		assertThat(delivery().status()).isEqualTo(DeliveryStatus.DEAD);
		assertThat(delivery().attempts()).isEqualTo(1);
		assertThat(delivery().error()).contains("UnknownContactException");
	}

	@ParameterizedTest
	@EnumSource
	void readsWhatSendPulseKnowsHoweverItSaysIt(AnswerStyle style) {
		this.sendPulse.answer(style);
		contact().on(Channel.TELEGRAM, "b1")
			.tag("vip")
			.variable("age", 43)
			.pauseAutomation(Duration.ofHours(1))
			.add(FakeMessage.ofContact("one"))
			.add(FakeMessage.ofNote("a note"));
		handle(Channel.TELEGRAM, "read");
		assertThat(contact().variables().get("read"))
			.hasToString("\"Veronica ACTIVE [vip] 43 paused: one IN, a note\"");
	}

	private void handle(String text) {
		handle(Channel.WHATSAPP, text);
	}

	private void handle(Channel channel, String text) {
		this.pulsehook.post(TestEvents.incomingMessage().service(channel).contact("c1").text(text).build());
		this.pulsehook.awaitDone();
	}

	private FakeContact contact() {
		return this.sendPulse.contact("c1");
	}

	private TestDelivery delivery() {
		return this.pulsehook.deliveries().get(0);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	static class Answering {

		@Bean
		EventHandler<IncomingMessage> answer(SendPulse sendPulse) {
			return (message, delivery) -> {
				Recipient contact = sendPulse.to(message, delivery);
				if ("read".equals(message.text())) {
					contact.setVariable("read", read(contact));
					return;
				}
				contact.addTags("greeted");
				delivery.once("welcome", () -> contact.text("Hello!"));
				contact.text("How are you?", Button.flow("Fine", "flow1"));
				contact.setVariables(Map.of("asked", true));
				if (message.text() != null && message.text().startsWith("fail") && delivery.attempt() <= 5) {
					throw new IllegalStateException("not yet");
				}
			};
		}

		private static String read(Recipient contact) {
			ContactDetails details = contact.contact();
			List<HistoryMessage> history = contact.history();
			HistoryMessage note = history.stream().filter(HistoryMessage::isNote).findFirst().orElseThrow();
			HistoryMessage message = history.stream().filter((row) -> !row.isNote()).findFirst().orElseThrow();
			return "%s %s %s %s %s: %s %s, %s".formatted(details.name(), details.status(), details.tags(),
					details.variable("Age").text(), details.isAutomationPaused(Instant.now()) ? "paused" : "running",
					message.text(), message.direction(), note.text());
		}

	}

}
