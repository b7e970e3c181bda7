package io.pulsehook.autoconfigure;

import java.util.List;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnResource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.thymeleaf.spring6.SpringTemplateEngine;

import io.pulsehook.autoconfigure.sendpulse.ReconciliationAutoConfiguration;
import io.pulsehook.console.ConsoleConfiguration;
import io.pulsehook.console.frame.ConsoleSettings;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.Storage;
import io.pulsehook.reconcile.Reconciliations;

/**
 * Adds the operator's web pages. They show personal data, so a host application has to
 * ask for them and to protect them.
 */
@AutoConfiguration(after = { PulsehookAutoConfiguration.class, ReconciliationAutoConfiguration.class })
@ConditionalOnClass(SpringTemplateEngine.class)
@ConditionalOnResource(resources = { "classpath:" + ConsoleDependency.PICO, "classpath:" + ConsoleDependency.CHARTS })
@ConditionalOnBean(Inbox.class)
@ConditionalOnBooleanProperty("pulsehook.console.enabled")
@Import(ConsoleConfiguration.class)
public class ConsoleAutoConfiguration {

	@Bean
	ConsoleSettings pulsehookConsoleSettings(PulsehookProperties properties, Tokens tokens, Storage storage,
			ObjectProvider<Reconciliations> reconciliations) {
		List<ConsoleSettings.Endpoint> endpoints = tokens.bySource()
			.entrySet()
			.stream()
			.map((source) -> new ConsoleSettings.Endpoint(source.getKey(), source.getValue()))
			.toList();
		return new ConsoleSettings(properties.basePath(), properties.console().login(), endpoints, storage.clock(),
				reconciliations.getIfAvailable() != null);
	}

}
