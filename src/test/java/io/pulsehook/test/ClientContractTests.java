package io.pulsehook.test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

import io.pulsehook.Delivery;
import io.pulsehook.event.Channel;
import io.pulsehook.sendpulse.Button;
import io.pulsehook.sendpulse.Recipient;
import io.pulsehook.sendpulse.SendPulse;
import io.pulsehook.test.sendpulse.ApiRequest;
import io.pulsehook.test.sendpulse.DocumentedApi;
import io.pulsehook.test.sendpulse.FakeSendPulse;
import io.pulsehook.test.sendpulse.SentMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that each request of the client is one that SendPulse's description of its API
 * describes.
 */
@PulsehookTest(classes = TestedHandlers.class)
class ClientContractTests {

	private static final String URL = "https://example.com/file";

	private static final List<Consumer<Recipient>> MESSAGES = List.of((contact) -> contact.text("Hello!"),
			(contact) -> contact.text("Hello!", Button.link("Look", URL)),
			(contact) -> contact.text("Hello!", Button.flow("Begin", "f1")), (contact) -> contact.image(URL),
			(contact) -> contact.image(URL, "A file"), (contact) -> contact.document(URL),
			(contact) -> contact.template("back", "en", "Ann"));

	private static final List<Consumer<Recipient>> CHANGES = List.of((contact) -> contact.setVariable("age", 43),
			(contact) -> contact.setVariables(Map.of("city", "Riga", "vip", true)),
			(contact) -> contact.addTags("vip", "new"), (contact) -> contact.removeTag("new"),
			(contact) -> contact.pauseAutomation(Duration.ofMinutes(30)), Recipient::resumeAutomation,
			Recipient::openChat, Recipient::closeChat, (contact) -> contact.runFlow("f1", Map.of("a", 1)),
			(contact) -> contact.runTrigger("start"), Recipient::contact, (contact) -> contact.history(50));

	@Autowired
	private SendPulse sendPulse;

	@Autowired
	private FakeSendPulse fake;

	@BeforeEach
	void limitNothing() {
		this.fake.limit(1000);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
	void sendsMessagesAsDescribed(Channel channel) {
		int sent = call(channel, MESSAGES);
		assertThat(this.fake.sent()).hasSize(sent).extracting(SentMessage::text).contains("Hello!");
		assertThat(this.fake.requests()).allSatisfy(ClientContractTests::isAsDescribed);
	}

	@Test
	void makesAllOtherCallsAsDescribed() {
		assertThat(call(Channel.VIBER, CHANGES)).isEqualTo(CHANGES.size());
		assertThat(this.fake.requests()).hasSize(CHANGES.size()).allSatisfy(ClientContractTests::isAsDescribed);
	}

	private static void isAsDescribed(ApiRequest request) {
		assertThat(request.status()).as("%s", request).isEqualTo(200);
		assertThat(DocumentedApi.differences(request)).as("%s", request).isEmpty();
	}

	// Returns how many of the calls the channel can do.
	private int call(Channel channel, List<Consumer<Recipient>> calls) {
		Recipient contact = this.sendPulse.to(TestEvents.incomingMessage().service(channel).contact("c1").build(),
				Delivery.builder("test").build());
		int possible = 0;
		for (Consumer<Recipient> call : calls) {
			try {
				call.accept(contact);
				possible++;
			}
			catch (UnsupportedOperationException ex) {
				assertThat(ex).hasMessageContaining(channel.code());
			}
		}
		return possible;
	}

}
