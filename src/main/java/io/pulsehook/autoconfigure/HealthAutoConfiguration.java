package io.pulsehook.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

import io.pulsehook.dispatch.Dispatcher;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.spool.Spool;
import io.pulsehook.observe.InboxHealthIndicator;
import io.pulsehook.threads.CoreThreads;

/**
 * Shows in Boot's health endpoint whether events can be stored and dispatched.
 */
@AutoConfiguration(after = PulsehookAutoConfiguration.class)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(Inbox.class)
@ConditionalOnEnabledHealthIndicator("inbox")
public class HealthAutoConfiguration {

	@Bean
	InboxHealthIndicator inboxHealthIndicator(Inbox inbox, CoreThreads threads, Dispatcher dispatcher,
			ObjectProvider<Spool> spool) {
		return new InboxHealthIndicator(inbox, threads, dispatcher, spool.getIfAvailable());
	}

}
