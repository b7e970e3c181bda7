package io.pulsehook.test;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.pulsehook.Events;
import io.pulsehook.Samples;
import io.pulsehook.event.Event;
import io.pulsehook.event.OpenChat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link EventJson}.
 */
class EventJsonTests {

	static Stream<Event> events() {
		return Stream.of(Samples.NEW_SUBSCRIBER, Samples.INCOMING_MESSAGE, Samples.OUTGOING_MESSAGE, Samples.OPEN_CHAT,
				Samples.RUN_CUSTOM_FLOW, Samples.LINK_CLICK, Samples.UNSUBSCRIBE, Samples.BOT_BLOCK,
				Samples.FAILED_DELIVERY, Samples.FLOW_WEBHOOK, Samples.PAYMENT_ORDER, "{\"title\":\"open_chat\"}",
				"""
						{"title":"incoming_message","bot":{"id":"b","channel":"TELEGRAM"},"message":{"text":"hi"},
						"contact":{"id":null,"tags":["a",{"name":"b"}],"variables":{"a/b":1.50,"c":null}},"date":"x"}""",
				"""
						{"order":{"id":"A","status":"200","totalCost":"12,50","variables":[{"value":"no name"}]}}""")
			.map((body) -> Events.read(body).get(0));
	}

	@ParameterizedTest
	@MethodSource("events")
	void isReadAsTheSameRecord(Event event) {
		assertThat(Events.read(EventJson.of(event))).containsExactly(event);
	}

	@Test
	void refusesWhatSendPulseCouldNotSend() {
		OpenChat chat = new OpenChat(TestEvents.linkClick().build().details());
		assertThatIllegalArgumentException().isThrownBy(() -> EventJson.of(chat))
			.withMessageContaining("SendPulse could not send OpenChat as it is");
	}

}
