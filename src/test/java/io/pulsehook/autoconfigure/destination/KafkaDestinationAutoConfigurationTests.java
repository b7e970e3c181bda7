package io.pulsehook.autoconfigure.destination;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.kafka.core.KafkaTemplate;

import io.pulsehook.autoconfigure.PulsehookAutoConfiguration;
import io.pulsehook.destination.kafka.KafkaDestinationFactory;
import io.pulsehook.dispatch.handler.HandlerSettingsException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests when Kafka is used, and what is said when it is missing.
 */
class KafkaDestinationAutoConfigurationTests {

	private static final String TOPIC = "pulsehook.destinations.lake.kafka.topic=sendpulse";

	private final WebApplicationContextRunner runner;

	KafkaDestinationAutoConfigurationTests(@TempDir Path directory) {
		this.runner = new WebApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(PulsehookAutoConfiguration.class, KafkaDestinationAutoConfiguration.class))
			.withPropertyValues("pulsehook.data-dir=" + directory);
	}

	@Test
	void doesNothingWithoutADestinationOfKafka() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(KafkaDestinationAutoConfiguration.class))
			.withPropertyValues("pulsehook.destinations.crm.url=http://localhost:1/hooks")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(KafkaDestinationFactory.class)
				.doesNotHaveBean(KafkaConnectionDetails.class)
				.doesNotHaveBean(KafkaTemplate.class));
	}

	@Test
	void startsWhileNoBrokerIsThere() {
		this.runner.withPropertyValues(TOPIC, "spring.kafka.bootstrap-servers=nowhere.invalid:9092")
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(KafkaDestinationFactory.class));
	}

	@Test
	void sharesTheConfigurationOfAnApplicationThatUsesKafka() {
		this.runner.withConfiguration(AutoConfigurations.of(KafkaAutoConfiguration.class))
			.withPropertyValues(TOPIC)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(KafkaDestinationFactory.class)
				.hasSingleBean(KafkaConnectionDetails.class)
				.hasSingleBean(KafkaTemplate.class));
	}

	@Test
	void knowsTheDestinationByEnvironmentVariablesAlone() {
		SystemEnvironmentPropertySource environment = new SystemEnvironmentPropertySource("systemEnvironment",
				Map.of("PULSEHOOK_DESTINATIONS_LAKE_KAFKA_TOPIC", "sendpulse"));
		this.runner.withInitializer((context) -> context.getEnvironment().getPropertySources().addFirst(environment))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(KafkaDestinationFactory.class));
	}

	@Test
	void needsNoKafkaWithoutADestinationOfKafka() {
		this.runner.withClassLoader(withoutKafka())
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("pulsehookKafkaDestinationFactory"));
	}

	@Test
	void saysWhichDependencyIsMissing() {
		this.runner.withClassLoader(withoutKafka())
			.withPropertyValues(TOPIC)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(HandlerSettingsException.class,
						(failure) -> assertThat(failure.action()).contains("spring-boot-starter-kafka")));
	}

	private static FilteredClassLoader withoutKafka() {
		return new FilteredClassLoader("org.apache.kafka", "org.springframework.kafka",
				"org.springframework.boot.kafka");
	}

}
