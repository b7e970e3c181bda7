package io.pulsehook.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

import io.pulsehook.inbox.Inbox;

/**
 * Warns of what is misspelt or missing in the configuration.
 */
@AutoConfiguration(after = PulsehookAutoConfiguration.class)
@ConditionalOnBean(Inbox.class)
public class StartChecksAutoConfiguration {

	@Bean
	StartChecks pulsehookStartChecks(ApplicationContext context, PulsehookProperties properties) {
		return new StartChecks(context, properties);
	}

}
