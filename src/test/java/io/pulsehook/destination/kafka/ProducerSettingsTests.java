package io.pulsehook.destination.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

import io.pulsehook.destination.DestinationSettings;
import io.pulsehook.destination.PayloadFormat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests what the producer is given of the configuration, and what ends the start.
 */
class ProducerSettingsTests {

	private static final String SECRET = "a-value-that-may-be-secret";

	private static final Duration TIMEOUT = Duration.ofSeconds(15);

	private final KafkaProperties properties = new KafkaProperties();

	@Test
	void loseNothingWhateverIsConfigured() {
		this.properties.setBootstrapServers(List.of("127.0.0.1:1"));
		this.properties.getProducer().setAcks("0");
		this.properties.getProducer().setRetries(0);
		this.properties.getProducer()
			.getProperties()
			.putAll(Map.of("enable.idempotence", "false", "max.in.flight.requests.per.connection", "50", "linger.ms",
					"60000", "delivery.timeout.ms", "600000", "transactional.id", "tx", "compression.type", "zstd"));
		Map<String, Object> settings = ProducerSettings.of(this.properties, null, TIMEOUT);
		assertThat(settings).containsEntry("acks", "all")
			.containsEntry("enable.idempotence", true)
			.containsEntry("compression.type", "zstd")
			.containsEntry("max.block.ms", 5_000)
			.containsEntry("delivery.timeout.ms", 10_000)
			.doesNotContainKeys("retries", "max.in.flight.requests.per.connection", "transactional.id");
		// Kafka itself refuses settings that contradict each other.
		new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()).close(Duration.ZERO);
	}

	@Test
	void endTheStartWithTheNameOfOneThatKafkaDoesNotAccept() {
		this.properties.getProducer().getProperties().put("compression.type", SECRET);
		assertThatIllegalArgumentException().isThrownBy(() -> create("events"))
			.withMessage("Kafka's producer does not accept the value of [compression.type]. Correct spring.kafka.*, "
					+ "where these are set.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "two words", "..", "größe", "a/b" })
	void endTheStartIfTheTopicHasNoName(String topic) {
		assertThatIllegalArgumentException().isThrownBy(() -> create(topic))
			.withMessage("kafka.topic is '" + topic + "', which is no name of a topic. Write letters, digits, dots, "
					+ "underscores and dashes, 249 at most.");
	}

	private void create(String topic) {
		try (KafkaDestinationFactory factory = new KafkaDestinationFactory(this.properties, null)) {
			factory.create("lake", new DestinationSettings(null, List.of(), Map.of(), null, null,
					new DestinationSettings.Kafka(topic), List.of(), PayloadFormat.EVENT, null), TIMEOUT);
		}
	}

}
