package io.pulsehook.test;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;

import io.pulsehook.autoconfigure.destination.RecordingFactory;
import io.pulsehook.destination.ConfiguredDestination;
import io.pulsehook.destination.Destinations;
import io.pulsehook.inbox.model.DeliveryStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests that a test sends events to the destinations of its own and to no other, as a
 * test of an application that has some.
 */
@PulsehookTest(classes = DestinationsInTestsTests.Application.class,
		properties = { "pulsehook.destinations.mock.url=http://localhost:9/mock-of-the-test",
				"pulsehook.destinations.mock.types=PaymentOrder" })
class DestinationsInTestsTests {

	@Autowired
	private Pulsehook pulsehook;

	@Test
	void sendsToTheDestinationOfTheTestAlone(@Autowired RecordingFactory sent, @Autowired Destinations destinations) {
		assertThat(destinations.all()).extracting(ConfiguredDestination::name).containsExactly("mock");
		this.pulsehook.post(TestEvents.payment().order("A").build(), TestEvents.incomingMessage().text("hi").build());
		this.pulsehook.awaitDone();
		assertThat(this.pulsehook.deliveries()).extracting(TestDelivery::handler, TestDelivery::status)
			.containsExactly(tuple("mock", DeliveryStatus.DONE));
		assertThat(sent.sent).singleElement().satisfies((event) -> {
			assertThat(event.type()).isEqualTo("PaymentOrder");
			assertThat(event.delivery().handler()).isEqualTo("mock");
			assertThat(event.isTest()).isFalse();
		});
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	@Import(RecordingFactory.class)
	@PropertySource("classpath:io/pulsehook/test/host.properties")
	static class Application {

	}

}
