package io.pulsehook.autoconfigure.destination;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.pulsehook.EventHandler;
import io.pulsehook.autoconfigure.PulsehookAutoConfiguration;
import io.pulsehook.dispatch.handler.HandlerFilterException;
import io.pulsehook.dispatch.handler.HandlerSettings;
import io.pulsehook.dispatch.handler.HandlerSettingsException;
import io.pulsehook.dispatch.handler.Handlers;
import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.dispatch.handler.SettingOrigin;
import io.pulsehook.dispatch.handler.SettingOrigins;
import io.pulsehook.event.PaymentOrder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that destinations are handlers beside the beans, with settings of their own.
 */
class DestinationHandlerTests {

	private final WebApplicationContextRunner runner;

	DestinationHandlerTests(@TempDir Path directory) {
		this.runner = new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(PulsehookAutoConfiguration.class))
			.withBean(RecordingFactory.class)
			.withUserConfiguration(Application.class)
			.withPropertyValues("pulsehook.data-dir=" + directory,
					"pulsehook.destinations.crm-main.url=https://crm.example/");
	}

	@Test
	void aDestinationStandsBesideTheBeansWithItsOwnTimeout() {
		this.runner
			.withPropertyValues("pulsehook.defaults.timeout=90s", "pulsehook.defaults.max-retries=3",
					"pulsehook.destinations.crm-main.concurrency=2")
			.run((context) -> {
				assertThat(context.getBean(Handlers.class).all()).extracting(RegisteredHandler::id)
					.containsExactly("grantAccess", "crmmain");
				RegisteredHandler crm = context.getBean(Handlers.class).all().get(1);
				assertThat(crm.type()).isEqualTo("Event");
				HandlerSettings settings = crm.settings();
				assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(15));
				assertThat(settings.maxRetries()).isEqualTo(3);
				assertThat(settings.concurrency()).isEqualTo(2);
				assertThat(crm.timeout()).isEqualTo(Duration.ofSeconds(20));
				assertThat(context.getBean(Handlers.class).all().get(0).timeout()).isEqualTo(Duration.ofSeconds(90));
			});
	}

	@Test
	void theOriginsOfItsSettingsAreKnown() {
		this.runner
			.withPropertyValues("pulsehook.defaults.max-retries=3", "pulsehook.destinations.crm-main.concurrency=2")
			.run((context) -> assertThat(context.getBean(SettingOrigins.class).of("crmmain"))
				.containsEntry("concurrency", SettingOrigin.PROPERTY)
				.containsEntry("maxRetries", SettingOrigin.DEFAULT)
				.containsEntry("timeout", SettingOrigin.DEFAULT));
		this.runner.withPropertyValues("pulsehook.destinations.crm-main.timeout=1s")
			.run((context) -> assertThat(context.getBean(SettingOrigins.class).of("crmmain")).containsEntry("timeout",
					SettingOrigin.PROPERTY));
	}

	@Test
	void theNameOfAHandlerBeanEndsTheStart() {
		fails("pulsehook.destinations.grant-access.url=https://grant.example/",
				(failure) -> assertThat(failure)
					.hasMessageStartingWith("Destination 'grantaccess' has the name of the handler bean 'grantAccess'")
					.extracting(HandlerSettingsException::action)
					.asString()
					.contains("Rename pulsehook.destinations.grantaccess."));
	}

	@Test
	void theNameOfTheAlarmsEndsTheStart() {
		fails("pulsehook.destinations.pulsehook-alerts.url=https://alarms.example/",
				(failure) -> assertThat(failure).hasMessageContaining("the handler 'pulsehookAlerts'"));
	}

	@Test
	void settingsAmongThoseOfBeansEndTheStart() {
		fails("pulsehook.handlers.crmMain.rate=5/s",
				(failure) -> assertThat(failure).hasMessageStartingWith("pulsehook.handlers.crmmain.* would do nothing")
					.extracting(HandlerSettingsException::action)
					.asString()
					.contains("pulsehook.destinations.crmmain.*"));
	}

	@Test
	void aFilterThatCannotBeUsedEndsTheStart() {
		fails("pulsehook.destinations.crm-main.filter.titel=Reserved",
				(failure) -> assertThat(failure).isInstanceOf(HandlerFilterException.class)
					.hasMessageContainingAll("'crmmain'", "titel")
					.extracting(HandlerSettingsException::action)
					.asString()
					.contains("title"));
	}

	@Test
	void timesThatContradictEachOtherEndTheStart() {
		fails("pulsehook.destinations.crm-main.max-delay=1ms",
				(failure) -> assertThat(failure).hasMessageContainingAll("'crmmain'", "max-delay is 1ms")
					.extracting(HandlerSettingsException::action)
					.isEqualTo("Change pulsehook.destinations.crmmain.* or pulsehook.defaults.*."));
	}

	private void fails(String property, Consumer<HandlerSettingsException> expected) {
		this.runner.withPropertyValues(property).run((context) -> expected.accept(failure(context)));
	}

	private static HandlerSettingsException failure(AssertableWebApplicationContext context) {
		Throwable failure = context.getStartupFailure();
		while (failure != null && !(failure instanceof HandlerSettingsException)) {
			failure = failure.getCause();
		}
		assertThat(failure).isNotNull();
		return (HandlerSettingsException) failure;
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		EventHandler<PaymentOrder> grantAccess() {
			return (order, delivery) -> {
			};
		}

	}

}
