package io.pulsehook.test;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Pulsehook} on PostgreSQL with a clock that the test defines.
 */
@DirtiesContext
@PulsehookTest(classes = { TestedHandlers.class, PulsehookOnPostgresqlTests.Database.class,
		PulsehookClockOnPostgresqlTests.Time.class }, properties = "pulsehook.database=auto")
class PulsehookClockOnPostgresqlTests {

	@Test
	void triesAgainUntilItGivesUp(@Autowired Pulsehook pulsehook) {
		pulsehook.post(TestEvents.incomingMessage().text("fail twice").build(), TestEvents.payment().build());
		pulsehook.awaitDone(Duration.ofMinutes(2));
		assertThat(pulsehook.deliveries()).extracting(TestDelivery::attempts).containsExactly(3, 17);
		assertThat(pulsehook.deadLetters()).extracting(TestDelivery::handler).containsExactly("grantAccess");
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Time {

		@Bean
		TestClock pulsehookClock() {
			return new TestClock();
		}

	}

}
