package io.pulsehook.autoconfigure.destination;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.JdkClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import io.pulsehook.Delivery;
import io.pulsehook.destination.DestinationSettings;
import io.pulsehook.destination.http.HttpClients;
import io.pulsehook.destination.http.HttpDestinationFactory;
import io.pulsehook.destination.http.HttpPost;
import io.pulsehook.destination.http.HttpReceiver;
import io.pulsehook.destination.http.Post;
import io.pulsehook.dispatch.handler.DestinationException;
import io.pulsehook.dispatch.handler.OutgoingEvent;
import io.pulsehook.event.EventReader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that the application configures the clients that post to destinations as it does
 * its own.
 */
class HttpConfigurationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(15);

	private static final byte[] BODY = { '{', '}' };

	private final HttpReceiver receiver = new HttpReceiver();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withUserConfiguration(HttpConfiguration.class)
		.withConfiguration(
				AutoConfigurations.of(HttpClientAutoConfiguration.class, ImperativeHttpClientAutoConfiguration.class));

	@AfterEach
	void close() {
		this.receiver.close();
	}

	@Test
	void customizersOfTheApplicationApplyToClientsThatAreSharedByTheirTimeout() {
		this.runner.withUserConfiguration(CountingConfiguration.class).run((context) -> {
			AtomicInteger built = context.getBean(AtomicInteger.class);
			send(context, TIMEOUT);
			send(context, TIMEOUT);
			assertThat(built).hasValue(1);
			send(context, Duration.ofSeconds(20));
			assertThat(built).hasValue(2);
		});
	}

	@Test
	void theFactoryOfTheApplicationIsUsed() {
		this.runner.withPropertyValues("spring.http.clients.imperative.factory=simple").run((context) -> {
			assertThat(send(context, TIMEOUT)).isEqualTo("204 No Content");
			assertThat(this.receiver.all()).singleElement()
				.satisfies((received) -> assertThat(received.header("accept")).isNotEmpty());
		});
	}

	@Test
	void noRedirectIsFollowedWhateverTheApplicationDoes() {
		this.receiver.answer(307, Map.of("Location", this.receiver.url().toString()), "");
		this.runner.withPropertyValues("spring.http.clients.redirects=follow")
			.run((context) -> assertThatExceptionOfType(DestinationException.class)
				.isThrownBy(() -> send(context, TIMEOUT))
				.withMessageStartingWith("The answer was 307"));
		assertThat(this.receiver.all()).hasSize(1);
	}

	@Test
	void anApplicationWithoutClientsPostsToo() {
		new ApplicationContextRunner().withUserConfiguration(HttpConfiguration.class)
			.run((context) -> assertThat(send(context, TIMEOUT)).isEqualTo("204 No Content"));
	}

	// A variable can write no dash, and its words come as a name with dots.
	@Test
	void environmentVariablesNameHeadersWithDashes() {
		Map<String, Object> environment = Map.of("PULSEHOOK_DESTINATIONS_CRM_URL", this.receiver.url().toString(),
				"PULSEHOOK_DESTINATIONS_CRM_HEADERS_X_API_KEY", "key",
				"PULSEHOOK_DESTINATIONS_CRM_HEADERS_AUTHORIZATION", "Bearer token");
		this.runner
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", environment)))
			.run((context) -> {
				DestinationSettings settings = Objects
					.requireNonNull(new DestinationBinder(context.getEnvironment()).read().settings().get("crm"));
				context.getBean(HttpDestinationFactory.class)
					.create("crm", settings, TIMEOUT)
					.send(new OutgoingEvent(1, "Event", new EventReader().read(BODY), BODY, Delivery.of("crm", "{}")));
				assertThat(this.receiver.all()).singleElement()
					.satisfies((received) -> assertThat(received.headers()).containsEntry("x-api-key", "key")
						.containsEntry("authorization", "Bearer token"));
			});
	}

	private String send(ApplicationContext context, Duration timeout) throws DestinationException {
		HttpPost sender = context.getBean(HttpClients.class).post(timeout);
		return sender.send(new Post(this.receiver.url(), Map.of(), new byte[] { 1 }));
	}

	@Configuration(proxyBeanMethods = false)
	static class CountingConfiguration {

		@Bean
		AtomicInteger built() {
			return new AtomicInteger();
		}

		@Bean
		ClientHttpRequestFactoryBuilderCustomizer<JdkClientHttpRequestFactoryBuilder> counting(AtomicInteger built) {
			return (builder) -> builder.withHttpClientCustomizer((client) -> built.incrementAndGet());
		}

	}

}
