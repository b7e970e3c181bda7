package io.pulsehook.test;

import java.time.InstantSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

import io.pulsehook.dispatch.DeliveryStates;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.receive.Receiver;

/**
 * What {@link PulsehookTest} adds to a context.
 */
@AutoConfiguration
class PulsehookTestAutoConfiguration {

	private static final String CLOCK = "pulsehookClock";

	// No candidate for the application's own clocks. Where the inbox may be in
	// PostgreSQL,
	// its server tells the time.
	@Bean(name = CLOCK, defaultCandidate = false)
	@ConditionalOnMissingBean(name = CLOCK)
	@ConditionalOnProperty(name = "pulsehook.database", havingValue = "sqlite")
	TestClock pulsehookClock() {
		return new TestClock();
	}

	@Bean
	Pulsehook pulsehook(Receiver receiver, Inbox inbox, DeliveryStates states,
			@Qualifier(CLOCK) ObjectProvider<InstantSource> clocks) {
		return new Pulsehook(receiver, new TestInbox(inbox, states),
				(clocks.getIfAvailable() instanceof TestClock clock) ? clock : null);
	}

}
