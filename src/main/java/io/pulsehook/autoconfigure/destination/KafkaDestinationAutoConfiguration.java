package io.pulsehook.autoconfigure.destination;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.KafkaTemplate;

import io.pulsehook.destination.kafka.KafkaDestinationFactory;

/**
 * Makes destinations of Kafka, if one is configured and {@code spring-boot-starter-kafka}
 * is there. The service excludes Spring Boot's own configuration of Kafka, so that it
 * starts without it, and gets it from here where a destination needs it.
 */
@AutoConfiguration(after = KafkaAutoConfiguration.class)
@ConditionalOnClass({ KafkaProperties.class, KafkaTemplate.class })
@Conditional(OnKafkaDestination.class)
@Import(KafkaAutoConfiguration.class)
public class KafkaDestinationAutoConfiguration {

	@Bean
	KafkaDestinationFactory pulsehookKafkaDestinationFactory(KafkaProperties properties,
			ObjectProvider<KafkaConnectionDetails> connection) {
		return new KafkaDestinationFactory(properties, connection.getIfAvailable());
	}

}
