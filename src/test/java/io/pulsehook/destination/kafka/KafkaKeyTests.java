package io.pulsehook.destination.kafka;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import io.pulsehook.event.Event;
import io.pulsehook.event.EventReader;
import io.pulsehook.test.TestEvents;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what belongs together in a topic.
 */
class KafkaKeyTests {

	@Test
	void isTheBotAndTheContact() {
		assertThat(KafkaKey.of(TestEvents.openChat().bot("b1").contact("c1").build())).asString().isEqualTo("b1/c1");
	}

	@Test
	void isTheContactWhereThereIsNoBot() {
		Event event = new EventReader()
			.read("{\"title\":\"open_chat\",\"contact\":{\"id\":\"c9\"}}".getBytes(StandardCharsets.UTF_8));
		assertThat(KafkaKey.of(event)).asString().isEqualTo("c9");
	}

	@Test
	void isTheOrderOfAPayment() {
		assertThat(KafkaKey.of(TestEvents.payment().order("A-7").build())).asString().isEqualTo("A-7");
	}

	@Test
	void isMissingWhereThereIsNeither() {
		assertThat(KafkaKey.of(TestEvents.unrecognized().build())).isNull();
	}

}
