package io.pulsehook.autoconfigure.destination;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.commons.util.ExceptionUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import io.pulsehook.autoconfigure.PulsehookAutoConfiguration;
import io.pulsehook.destination.ConfiguredDestination;
import io.pulsehook.destination.DestinationKind;
import io.pulsehook.destination.Destinations;
import io.pulsehook.dispatch.handler.Handlers;
import io.pulsehook.dispatch.handler.RegisteredHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests that environment variables alone configure destinations, in the application as it
 * is.
 */
class DestinationEnvironmentTests {

	private final WebApplicationContextRunner runner;

	DestinationEnvironmentTests(@TempDir Path directory) {
		this.runner = new WebApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(PulsehookAutoConfiguration.class, KafkaDestinationAutoConfiguration.class))
			.withPropertyValues("pulsehook.data-dir=" + directory);
	}

	@Test
	void aDestinationOfAnyKindIsAHandler() {
		withEnvironment("CRM_URL", "https://crm.example/hooks?key=hidden", "OPS_TELEGRAM_TOKEN", "123:hidden",
				"OPS_TELEGRAM_CHAT", "-100", "OPS_TEXT", "{customerName}", "CHAT_SLACK_URL",
				"https://hooks.slack.example/services/hidden", "CHAT_TEXT", "{title}", "LAKE_KAFKA_TOPIC", "sendpulse")
			.run((context) -> {
				assertThat(context.getBean(Destinations.class).all())
					.extracting(ConfiguredDestination::name, ConfiguredDestination::kind, ConfiguredDestination::target)
					.containsExactly(tuple("chat", DestinationKind.SLACK, "hooks.slack.example"),
							tuple("crm", DestinationKind.HTTP, "crm.example"),
							tuple("lake", DestinationKind.KAFKA, "sendpulse"),
							tuple("ops", DestinationKind.TELEGRAM, "-100"));
				assertThat(context.getBean(Handlers.class).all()).extracting(RegisteredHandler::id)
					.containsExactly("chat", "crm", "lake", "ops");
			});
	}

	@Test
	void itsSettingsLieBesideIt() {
		withEnvironment("CRM_URL", "https://crm.example/", "CRM_TYPES", "incoming_message,PaymentOrder", "CRM_RATE",
				"10/s", "CRM_FILTER_SENT_BY", "operator", "CRM_MAX_RETRIES", "3", "CRM_TIMEOUT", "7s", "CRM_SECRET",
				"whsec_MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0", "CRM_HEADERS_AUTHORIZATION", "Bearer hidden")
			.run((context) -> assertThat(context.getBean(Handlers.class).all()).singleElement().satisfies((handler) -> {
				assertThat(handler.types()).containsExactly("IncomingMessage", "PaymentOrder");
				assertThat(handler.settings().rate()).hasToString("10/s");
				assertThat(handler.settings().filter()).isEqualTo(Map.of("sent-by", List.of("operator")));
				assertThat(handler.settings().maxRetries()).isEqualTo(3);
				assertThat(handler.settings().timeout()).isEqualTo(Duration.ofSeconds(7));
				assertThat(handler.timeout()).isEqualTo(Duration.ofSeconds(12));
			}));
	}

	@Test
	void aUrlInTheWrongPlaceEndsTheStartAndIsKeptSecret() {
		withEnvironment("CRM", "https://crm.example/hidden").run((context) -> assertThat(context).getFailure()
			.hasStackTraceContaining("Destination 'crm' cannot be used")
			.satisfies((failure) -> assertThat(ExceptionUtils.readStackTrace(failure)).doesNotContain("hidden")));
	}

	private WebApplicationContextRunner withEnvironment(String... variables) {
		Map<String, Object> environment = new LinkedHashMap<>();
		for (int i = 0; i < variables.length; i += 2) {
			environment.put("PULSEHOOK_DESTINATIONS_" + variables[i], variables[i + 1]);
		}
		return this.runner.withInitializer((context) -> context.getEnvironment()
			.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", environment)));
	}

}
