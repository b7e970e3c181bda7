package io.pulsehook.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.util.unit.DataSize;

import io.pulsehook.EventHandler;
import io.pulsehook.autoconfigure.destination.RecordingFactory;
import io.pulsehook.dispatch.Dispatcher;
import io.pulsehook.dispatch.handler.HandlerSettings;
import io.pulsehook.dispatch.handler.Handlers;
import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.event.PaymentOrder;
import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.PostgresqlServer;
import io.pulsehook.inbox.model.Receipt;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.StoredEvents;
import io.pulsehook.observe.InboxHealthIndicator;
import io.pulsehook.receive.Receiver;
import io.pulsehook.receive.WebhookFilter;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class PulsehookAutoConfigurationTests {

	private static final AutoConfigurations AUTO_CONFIGURATIONS = AutoConfigurations.of(
			PulsehookAutoConfiguration.class, ApiAutoConfiguration.class, HealthAutoConfiguration.class,
			ExampleAutoConfiguration.class);

	private static final Instant LONG_AGO = Instant.parse("2020-02-29T12:00:00Z");

	private final WebApplicationContextRunner runner;

	PulsehookAutoConfigurationTests(@TempDir Path directory) {
		this.runner = new WebApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
			.withPropertyValues("pulsehook.data-dir=" + directory);
	}

	@Test
	void hasDefaultsThatNeedNoConfiguration() {
		this.runner.run((context) -> {
			PulsehookProperties properties = context.getBean(PulsehookProperties.class);
			assertThat(properties.enabled()).isTrue();
			assertThat(properties.token()).isNull();
			assertThat(properties.basePath()).isEqualTo("/pulsehook");
			assertThat(properties.maxBodySize()).isEqualTo(DataSize.ofMegabytes(1));
			assertThat(properties.readTimeout()).isEqualTo(Duration.ofSeconds(10));
			assertThat(properties.ackTimeout()).isEqualTo(Duration.ofSeconds(5));
			assertThat(properties.dedupWindow()).isEqualTo(Duration.ofMinutes(10));
			assertThat(properties.example()).isFalse();
			assertThat(properties.api().enabled()).isFalse();
		});
	}

	@Test
	void triesAgainForSomeNineHoursUnlessToldOtherwise() {
		this.runner.withUserConfiguration(OneHandler.class).run((context) -> {
			HandlerSettings settings = settings(context.getBean(Handlers.class), "grantAccess");
			assertThat(settings.maxRetries()).isEqualTo(16);
			assertThat(settings.delay()).isEqualTo(Duration.ofSeconds(1));
			assertThat(settings.multiplier()).isEqualTo(3);
			assertThat(settings.maxDelay()).isEqualTo(Duration.ofHours(1));
			assertThat(settings.jitter()).isEqualTo(Duration.ofSeconds(1));
			assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(60));
			assertThat(settings.concurrency()).isEqualTo(8);
			assertThat(settings.ordering()).isEqualTo(HandlerSettings.Ordering.KEY);
		});
	}

	@Test
	void tellsTheTimeByTheClockOfTheApplication() {
		this.runner.withBean("pulsehookClock", Clock.class, () -> Clock.fixed(LONG_AGO, ZoneOffset.UTC))
			.run((context) -> assertThat(receivedAt(context)).isEqualTo(LONG_AGO));
	}

	@Test
	void tellsTheTimeByTheClockOfTheApplicationOnPostgresqlToo() {
		this.runner.withBean("pulsehookClock", Clock.class, () -> Clock.fixed(LONG_AGO, ZoneOffset.UTC))
			.withBean(DataSource.class, () -> PostgresqlServer.pool(PostgresqlServer.create()))
			.run((context) -> assertThat(receivedAt(context)).isEqualTo(LONG_AGO));
	}

	@Test
	void takesNoOtherClockOfTheApplication() {
		this.runner.withBean("clock", Clock.class, () -> Clock.fixed(LONG_AGO, ZoneOffset.UTC))
			.run((context) -> assertThat(receivedAt(context)).isAfter(LONG_AGO));
	}

	private static Instant receivedAt(ApplicationContext context) {
		Receipt receipt = context.getBean(Receiver.class).receive("default", "[{}]".getBytes(StandardCharsets.UTF_8));
		assertThat(receipt.accepted()).isEqualTo(1);
		return context.getBean(StoredEvents.class).page(EventFilter.ALL, null, 1).events().get(0).receivedAt();
	}

	@Test
	void receivesBeforeAnyOtherFilter() {
		this.runner.run((context) -> {
			FilterRegistrationBean<?> registration = context.getBean(FilterRegistrationBean.class);
			assertThat(registration.getFilter()).isInstanceOf(WebhookFilter.class);
			assertThat(registration.getUrlPatterns()).containsExactly("/pulsehook/webhooks/*");
			assertThat(registration.getOrder()).isEqualTo(Ordered.HIGHEST_PRECEDENCE + 1);
		});
	}

	@Test
	void receivesBelowTheBasePath() {
		this.runner.withPropertyValues("pulsehook.base-path=/hooks/sendpulse")
			.run((context) -> assertThat(context.getBean(FilterRegistrationBean.class).getUrlPatterns()).asString()
				.isEqualTo("[/hooks/sendpulse/webhooks/*]"));
	}

	@Test
	void receivesAtTheRootWithAnEmptyBasePath() {
		this.runner.withPropertyValues("pulsehook.base-path=")
			.run((context) -> assertThat(context.getBean(FilterRegistrationBean.class).getUrlPatterns()).asString()
				.isEqualTo("[/webhooks/*]"));
	}

	@Test
	void saysWhereAnEventIsShown() {
		assertThat(eventAddress()).isEqualTo("GET /pulsehook/api/events/7 (with pulsehook.api.enabled=true)");
		assertThat(eventAddress("pulsehook.api.enabled=true")).isEqualTo("GET /pulsehook/api/events/7");
		assertThat(eventAddress("pulsehook.console.enabled=true", "pulsehook.base-path=",
				"server.servlet.context-path=/shop"))
			.isEqualTo("/shop/console/events/7");
	}

	private String eventAddress(String... properties) {
		AtomicReference<String> address = new AtomicReference<>();
		this.runner.withPropertyValues(properties)
			.run((context) -> address.set(
					EventAddress
						.in(context.getBean(PulsehookProperties.class),
								context.getEnvironment().getProperty("server.servlet.context-path", ""))
						.of(7)));
		return Objects.requireNonNull(address.get());
	}

	@Test
	void closesTheStorageAfterAllThatUsesAPartOfIt() {
		AtomicBoolean stored = new AtomicBoolean();
		this.runner.withUserConfiguration(LastWords.class)
			.withBean(AtomicBoolean.class, () -> stored)
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(stored).isTrue();
	}

	@Test
	void letsTheDirectoryGoWhenTheStartFailsLater() {
		this.runner.withBean("broken", Object.class, () -> {
			throw new IllegalStateException("broken");
		}).run((context) -> assertThat(context).hasFailed());
		this.runner.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void isNotThereWhenSwitchedOff() {
		this.runner.withPropertyValues("pulsehook.enabled=false", "pulsehook.api.enabled=true")
			.run((context) -> assertThat(context).doesNotHaveBean(Inbox.class)
				.doesNotHaveBean(Dispatcher.class)
				.doesNotHaveBean(FilterRegistrationBean.class)
				.doesNotHaveBean("eventsController")
				.doesNotHaveBean(InboxHealthIndicator.class));
	}

	@Test
	void isNotThereWithoutAWebServer() {
		new ApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Inbox.class));
	}

	@Test
	void addsNoSecurityFilterChain() {
		this.runner.withPropertyValues("pulsehook.api.enabled=true")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SecurityFilterChain.class));
	}

	@Test
	void tellsItsHealth() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(InboxHealthIndicator.class));
	}

	@Test
	void keepsItsHealthToItselfWhenTold() {
		this.runner.withPropertyValues("management.health.inbox.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(InboxHealthIndicator.class));
	}

	@Test
	void offersTheApiOnDemand() {
		this.runner.run((context) -> assertThat(beansOfTheApi(context.getBeanDefinitionNames())).isFalse());
		this.runner.withPropertyValues("pulsehook.api.enabled=true")
			.run((context) -> assertThat(beansOfTheApi(context.getBeanDefinitionNames())).isTrue());
	}

	private static boolean beansOfTheApi(String[] names) {
		return Stream.of(names).anyMatch((name) -> name.startsWith("io.pulsehook.api."));
	}

	@Test
	void addsTheExampleWhenAskedAndAlone() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(EventHandler.class));
		this.runner.withPropertyValues("pulsehook.example=true")
			.run((context) -> assertThat(context).hasSingleBean(EventHandler.class).hasBean("exampleHandler"));
	}

	@Test
	void theExampleMakesWay() {
		this.runner.withPropertyValues("pulsehook.example=true")
			.withUserConfiguration(OneHandler.class)
			.run((context) -> assertThat(context).hasSingleBean(EventHandler.class).hasBean("grantAccess"));
	}

	@Test
	void theExampleMakesWayForAPlugin() {
		this.runner.withPropertyValues("pulsehook.example=true")
			.withConfiguration(AutoConfigurations.of(ZPluginAutoConfiguration.class))
			.run((context) -> assertThat(context).hasSingleBean(EventHandler.class).hasBean("plugin"));
	}

	@Test
	void theExampleMakesWayForADestination() {
		this.runner.withBean(RecordingFactory.class)
			.withPropertyValues("pulsehook.example=true", "pulsehook.destinations.crm.url=https://crm.example/")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(EventHandler.class));
	}

	@Test
	void aHandlersSettingsPrecedeTheDefaults() {
		this.runner.withUserConfiguration(OneHandler.class)
			.withPropertyValues("pulsehook.defaults.max-retries=3", "pulsehook.defaults.delay=2s",
					"pulsehook.handlers.grantAccess.delay=5s",
					"pulsehook.handlers.grantAccess.excludes=java.lang.IllegalStateException",
					"pulsehook.handlers.grantAccess.ordering=none")
			.run((context) -> {
				HandlerSettings settings = settings(context.getBean(Handlers.class), "grantAccess");
				assertThat(settings.maxRetries()).isEqualTo(3);
				assertThat(settings.delay()).isEqualTo(Duration.ofSeconds(5));
				assertThat(settings.excludes()).isEqualTo(List.of(IllegalStateException.class));
				assertThat(settings.ordering()).isEqualTo(HandlerSettings.Ordering.NONE);
			});
	}

	@Test
	void findsAHandlersSettingsWithDashesInItsName() {
		this.runner.withUserConfiguration(OneHandler.class)
			.withPropertyValues("pulsehook.handlers.grant-access.max-retries=2")
			.run((context) -> assertThat(settings(context.getBean(Handlers.class), "grantAccess").maxRetries())
				.isEqualTo(2));
	}

	@Test
	void findsAHandlersSettingsInEnvironmentVariables() {
		withEnvironment(Map.of("PULSEHOOK_HANDLERS_GRANTACCESS_MAXRETRIES", "2", "PULSEHOOK_DEFAULTS_TIMEOUT", "7s"))
			.run((context) -> {
				HandlerSettings settings = settings(context.getBean(Handlers.class), "grantAccess");
				assertThat(settings.maxRetries()).isEqualTo(2);
				assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(7));
			});
	}

	@Test
	void findsAHandlersSettingsInEnvironmentVariablesWithUnderscores() {
		withEnvironment(Map.of("PULSEHOOK_HANDLERS_GRANTACCESS_MAX_RETRIES", "2"))
			.run((context) -> assertThat(settings(context.getBean(Handlers.class), "grantAccess").maxRetries())
				.isEqualTo(2));
	}

	@Test
	void environmentVariablesAddToWhatIsWrittenInFiles() {
		withEnvironment(Map.of("PULSEHOOK_HANDLERS_GRANTACCESS_MAXRETRIES", "2"))
			.withPropertyValues("pulsehook.handlers.grant-access.timeout=9s")
			.run((context) -> {
				HandlerSettings settings = settings(context.getBean(Handlers.class), "grantAccess");
				assertThat(settings.maxRetries()).isEqualTo(2);
				assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(9));
			});
	}

	private WebApplicationContextRunner withEnvironment(Map<String, Object> variables) {
		return this.runner.withUserConfiguration(OneHandler.class)
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
						new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
								variables)));
	}

	@Test
	void warnsOfSettingsForNobodyAndListsTheKnownHandlers(CapturedOutput output) {
		this.runner.withUserConfiguration(OneHandler.class)
			.withPropertyValues("pulsehook.handlers.grant-acess.max-retries=2")
			.run((context) -> assertThat(output).contains("pulsehook.handlers.grant-acess configures a handler that "
					+ "does not exist. Did you mean 'grantAccess'? The known ones are [grantAccess]."));
	}

	@Test
	void isSilentAboutSettingsForSomebody(CapturedOutput output) {
		this.runner.withUserConfiguration(OneHandler.class)
			.withPropertyValues("pulsehook.handlers.grant-access.max-retries=2")
			.run((context) -> assertThat(output).doesNotContain("configures a handler"));
	}

	private static HandlerSettings settings(Handlers handlers, String name) {
		return handlers.all()
			.stream()
			.filter((handler) -> handler.id().equals(name))
			.map(RegisteredHandler::settings)
			.findFirst()
			.orElseThrow();
	}

	@Configuration(proxyBeanMethods = false)
	static class OneHandler {

		@Bean
		EventHandler<PaymentOrder> grantAccess() {
			return (payment, delivery) -> {
			};
		}

	}

	// The name of this class sorts behind that of the example's configuration.
	@Configuration(proxyBeanMethods = false)
	static class ZPluginAutoConfiguration {

		@Bean
		EventHandler<PaymentOrder> plugin() {
			return (payment, delivery) -> {
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LastWords {

		@Bean
		DisposableBean lastWords(Inbox inbox, AtomicBoolean stored) {
			return () -> stored.set(inbox.store(List.of(ExampleEvents.openChat("c", 1))).accepted() == 1);
		}

	}

}
