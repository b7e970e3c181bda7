package com.example.answers;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import io.pulsehook.test.Pulsehook;
import io.pulsehook.test.PulsehookTest;
import io.pulsehook.test.TestEvents;
import io.pulsehook.test.sendpulse.FakeAnswer;
import io.pulsehook.test.sendpulse.FakeSendPulse;

import static org.assertj.core.api.Assertions.assertThat;

@PulsehookTest
class HandOverTests {

	@Autowired
	private Pulsehook pulsehook;

	@Autowired
	private FakeSendPulse sendPulse;

	@Test
	void opensTheChatAndSaysSoOnce() {
		this.sendPulse.failNext("contacts/openChat", FakeAnswer.status(500));
		this.pulsehook.post(TestEvents.incomingMessage().contact("c1").text("a human, please").build());
		this.pulsehook.awaitDone();
		assertThat(this.sendPulse.contact("c1").isChatOpen()).isTrue();
		assertThat(this.sendPulse.contact("c1").isAutomationPaused()).isTrue();
		assertThat(this.sendPulse.contact("c1").answers())
			.containsExactly("One moment, a colleague will write to you here.");
	}

}
