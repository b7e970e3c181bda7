package io.example.desk;

import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.pulsehook.destination.ConfiguredDestination;
import io.pulsehook.destination.Destinations;
import io.pulsehook.test.Pulsehook;
import io.pulsehook.test.PulsehookTest;
import io.pulsehook.test.TestDelivery;
import io.pulsehook.test.TestEvents;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the handler in a context of their own.
 */
@PulsehookTest(properties = { "pulsehook.destinations.mock.url=${desk.crm}/payments",
		"pulsehook.destinations.mock.types=PaymentOrder" })
class PostedTests {

	@Autowired
	private Pulsehook pulsehook;

	@Autowired
	private Messages messages;

	@DynamicPropertySource
	static void callTheMock(DynamicPropertyRegistry properties) {
		properties.add("desk.crm", Crm::url);
	}

	@BeforeEach
	void begin() {
		RunningApplication.isRunning();
		Crm.HEARD.clear();
		this.messages.deleteAll();
	}

	@Test
	void forwardsWhatIsPosted() {
		this.pulsehook.post(TestEvents.incomingMessage().contact("c1").text("First").build(),
				TestEvents.incomingMessage().contact("c1").text("Second").build());
		this.pulsehook.awaitDone(Duration.ofMinutes(1));
		assertThat(Crm.HEARD).containsExactly("/contacts/send First", "/contacts/send Second");
		assertThat(this.messages.findAll()).extracting(Message::getText).containsExactlyInAnyOrder("First", "Second");
	}

	// Outside of tests, the application would pass the payment on as well.
	@Test
	void passesEventsOnToTheDestinationOfTheTestAlone(@Autowired Destinations destinations) {
		assertThat(destinations.all()).extracting(ConfiguredDestination::name).containsExactly("mock");
		this.pulsehook.post(TestEvents.payment().order("A").build());
		this.pulsehook.awaitDone(Duration.ofMinutes(1));
		assertThat(this.pulsehook.deliveries()).extracting(TestDelivery::handler).containsExactly("mock");
		assertThat(Crm.HEARD).singleElement().asString().startsWith("/payments {").contains("\"PaymentOrder\"");
	}

	// Outside of tests, the application would post an alarm about this to the mock.
	@Test
	void givesUpWithoutAnAlarm(@Autowired ApplicationContext context) {
		assertThat(context.containsBean("pulsehookAlerts")).isFalse();
		this.pulsehook.post(TestEvents.incomingMessage().text(Crm.REFUSED).build());
		this.pulsehook.awaitDone(Duration.ofMinutes(1));
		assertThat(this.pulsehook.deadLetters()).extracting(TestDelivery::handler).containsExactly("forward");
		assertThat(Crm.HEARD).hasSize(17).containsOnly("/contacts/send " + Crm.REFUSED);
		assertThat(this.messages.count()).isZero();
	}

}
