package io.pulsehook.autoconfigure;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import io.pulsehook.EventHandler;
import io.pulsehook.dispatch.handler.HandlerFilterException;
import io.pulsehook.dispatch.handler.Handlers;
import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.event.OutgoingMessage;
import io.pulsehook.event.filter.HandlerFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a handler has the filter that its properties say.
 */
class HandlerFilterPropertyTests {

	private final WebApplicationContextRunner runner;

	HandlerFilterPropertyTests(@TempDir Path directory) {
		this.runner = new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(PulsehookAutoConfiguration.class))
			.withUserConfiguration(Application.class)
			.withPropertyValues("pulsehook.data-dir=" + directory);
	}

	@Test
	void aPropertyHasOneOrSeveralPatterns() {
		assertFilter(
				this.runner.withPropertyValues("pulsehook.handlers.my-crm.filter.title=Reserved*,Booked",
						"pulsehook.handlers.my-crm.filter.bot[0]=Best, of all"),
				Map.of("title", List.of("Reserved*", "Booked"), "bot", List.of("Best, of all")));
	}

	@ParameterizedTest
	@CsvSource({ "pulsehook.handlers.myCrm.filter.sent-by", "pulsehook.handlers.myCrm.filter.sentBy",
			"pulsehook.handlers.myCrm.filter.SENT_BY", "pulsehook.defaults.filter.sentby" })
	void aKeyMayBeSpeltWithoutDashesAndInAnyCase(String property) {
		assertFilter(this.runner.withPropertyValues(property + "=operator"), Map.of("sent-by", List.of("operator")));
	}

	@ParameterizedTest
	@CsvSource({ "PULSEHOOK_HANDLERS_MYCRM_FILTER_SENTBY", "PULSEHOOK_HANDLERS_MYCRM_FILTER_SENT_BY" })
	void aKeyMayBeSetInTheEnvironment(String variable) {
		assertFilter(this.runner.withInitializer((context) -> context.getEnvironment()
			.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", Map.of(variable, "operator")))),
				Map.of("sent-by", List.of("operator")));
	}

	@Test
	void withoutPropertiesAHandlerReceivesAll() {
		assertFilter(this.runner, Map.of());
	}

	@ParameterizedTest
	@CsvSource({ "titel,Reserved", "test,maybe", "status,500..300" })
	void aFilterThatCannotBeUsedEndsTheStart(String key, String pattern) {
		this.runner.withPropertyValues("pulsehook.handlers.myCrm.filter." + key + "=" + pattern)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.extracting(Throwable::getMessage)
				.asString()
				.contains(key, pattern));
		this.runner.withPropertyValues("pulsehook.handlers.myCrm.filter." + key + "=" + pattern)
			.run((context) -> assertThat(context).getFailure()
				.cause()
				.hasStackTraceContaining(HandlerFilterException.class.getName())
				.hasStackTraceContaining("Handler 'myCrm'"));
	}

	private static void assertFilter(WebApplicationContextRunner runner, Map<String, List<String>> patterns) {
		runner.run((context) -> assertThat(context.getBean(Handlers.class).all()).singleElement()
			.extracting(RegisteredHandler::filter)
			.isEqualTo(HandlerFilter.of(patterns)));
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		EventHandler<OutgoingMessage> myCrm() {
			return (event, delivery) -> {
			};
		}

	}

}
