package io.pulsehook.test;

import java.time.InstantSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

import io.pulsehook.dispatch.DeliveryStates;
import io.pulsehook.inbox.Deliveries;
import io.pulsehook.inbox.Subscribers;
import io.pulsehook.inbox.query.StoredEvents;
import io.pulsehook.inbox.upkeep.Erasure;
import io.pulsehook.receive.Receiver;

/**
 * Adds the beans of {@link PulsehookTest} to a context.
 */
@AutoConfiguration
class PulsehookTestAutoConfiguration {

	private static final String CLOCK = "pulsehookClock";

	// This bean must not be injected where the application wants a clock of its own. It
	// is only there for SQLite: on PostgreSQL, the server tells the time.
	@Bean(name = CLOCK, defaultCandidate = false)
	@ConditionalOnMissingBean(name = CLOCK)
	@ConditionalOnProperty(name = "pulsehook.database", havingValue = "sqlite")
	TestClock pulsehookClock() {
		return new TestClock();
	}

	@Bean
	TestInbox pulsehookTestInbox(StoredEvents events, Erasure erasure, Deliveries deliveries, Subscribers subscribers,
			DeliveryStates states) {
		return new TestInbox(events, erasure, deliveries, subscribers, states);
	}

	@Bean
	Pulsehook pulsehook(Receiver receiver, TestInbox inbox, @Qualifier(CLOCK) ObjectProvider<InstantSource> clocks) {
		return new Pulsehook(receiver, inbox, (clocks.getIfAvailable() instanceof TestClock clock) ? clock : null);
	}

}
