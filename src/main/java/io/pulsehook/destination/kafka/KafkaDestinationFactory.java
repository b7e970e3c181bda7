package io.pulsehook.destination.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

import io.pulsehook.destination.DestinationFactory;
import io.pulsehook.destination.DestinationSettings;
import io.pulsehook.dispatch.handler.Destination;

/**
 * Makes the destinations that write to topics of Kafka. All that have the same timeout
 * share a producer, which connects when the first event is written.
 */
public final class KafkaDestinationFactory implements DestinationFactory, AutoCloseable {

	/** What brokers accept as the name of a topic. */
	private static final Pattern TOPIC = Pattern.compile("(?!\\.\\.?$)[a-zA-Z0-9._-]{1,249}");

	private final KafkaProperties properties;

	private final @Nullable KafkaConnectionDetails connection;

	private final Map<Duration, KafkaSender> senders = new ConcurrentHashMap<>();

	/**
	 * Creates the factory.
	 * @param properties {@code spring.kafka.*}
	 * @param connection the brokers, or {@code null} if the properties name them
	 */
	public KafkaDestinationFactory(KafkaProperties properties, @Nullable KafkaConnectionDetails connection) {
		this.properties = properties;
		this.connection = connection;
	}

	@Override
	public boolean supports(DestinationSettings settings) {
		return settings.kafka() != null;
	}

	@Override
	public Destination create(String name, DestinationSettings settings, Duration timeout) {
		String topic = (settings.kafka() != null) ? settings.kafka().topic() : "";
		if (!TOPIC.matcher(topic).matches()) {
			throw new IllegalArgumentException("kafka.topic is '" + topic + "', which is no name of a topic. "
					+ "Write letters, digits, dots, underscores and dashes, 249 at most.");
		}
		return new KafkaDestination(topic, settings.payload()::payload,
				this.senders.computeIfAbsent(timeout, this::sender));
	}

	private KafkaSender sender(Duration timeout) {
		Map<String, Object> settings = ProducerSettings.of(this.properties, this.connection, timeout);
		return new KafkaSender(
				() -> new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()), timeout);
	}

	/**
	 * Closes the connections to Kafka.
	 */
	@Override
	public void close() {
		this.senders.values().forEach(KafkaSender::close);
	}

}
