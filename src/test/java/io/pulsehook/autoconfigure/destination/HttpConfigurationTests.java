package io.pulsehook.autoconfigure.destination;

import java.time.Duration;
import java.util.Map;
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

import io.pulsehook.destination.http.HttpClients;
import io.pulsehook.destination.http.HttpPost;
import io.pulsehook.destination.http.HttpReceiver;
import io.pulsehook.destination.http.Post;
import io.pulsehook.dispatch.handler.DestinationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that the application configures the clients that post to destinations as it does
 * its own.
 */
class HttpConfigurationTests {

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
			send(context, Duration.ofSeconds(15));
			send(context, Duration.ofSeconds(15));
			assertThat(built).hasValue(1);
			send(context, Duration.ofSeconds(20));
			assertThat(built).hasValue(2);
		});
	}

	@Test
	void theFactoryOfTheApplicationIsUsed() {
		this.runner.withPropertyValues("spring.http.clients.imperative.factory=simple").run((context) -> {
			assertThat(send(context, Duration.ofSeconds(15))).isEqualTo("204 No Content");
			assertThat(this.receiver.all()).singleElement()
				.satisfies((received) -> assertThat(received.header("accept")).isNotEmpty());
		});
	}

	@Test
	void noRedirectIsFollowedWhateverTheApplicationDoes() {
		this.receiver.answer(307, Map.of("Location", this.receiver.url().toString()), "");
		this.runner.withPropertyValues("spring.http.clients.redirects=follow")
			.run((context) -> assertThatExceptionOfType(DestinationException.class)
				.isThrownBy(() -> send(context, Duration.ofSeconds(15)))
				.withMessageStartingWith("The answer was 307"));
		assertThat(this.receiver.all()).hasSize(1);
	}

	@Test
	void anApplicationWithoutClientsPostsToo() {
		new ApplicationContextRunner().withUserConfiguration(HttpConfiguration.class)
			.run((context) -> assertThat(send(context, Duration.ofSeconds(15))).isEqualTo("204 No Content"));
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
