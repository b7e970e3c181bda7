package io.pulsehook.destination.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.kafka.autoconfigure.SslBundleSslEngineFactory;
import org.springframework.boot.ssl.SslBundle;

/**
 * Settings of the producer: those of {@code spring.kafka.*}, but for what could lose a
 * record, change the order of two, or take longer than a record may.
 */
final class ProducerSettings {

	private static final ConfigDef KNOWN = ProducerConfig.configDef();

	private ProducerSettings() {
	}

	/**
	 * Returns the settings.
	 * @param properties those of the application
	 * @param connection the brokers, or {@code null} if the properties name them
	 * @param timeout how long one record may take
	 * @return the settings by their names in Kafka
	 * @throws IllegalArgumentException if Kafka does not accept one
	 */
	static Map<String, Object> of(KafkaProperties properties, @Nullable KafkaConnectionDetails connection,
			Duration timeout) {
		Map<String, Object> settings = new HashMap<>(properties.buildProducerProperties());
		if (connection != null) {
			connect(settings, connection.getProducer());
		}
		losesNothing(settings);
		endsWithin(settings, timeout);
		check(settings);
		return settings;
	}

	private static void connect(Map<String, Object> settings, KafkaConnectionDetails.Configuration connection) {
		settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, connection.getBootstrapServers());
		if (connection.getSecurityProtocol() != null) {
			settings.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, connection.getSecurityProtocol());
		}
		if (connection.getSslBundle() != null) {
			settings.put(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, SslBundleSslEngineFactory.class.getName());
			settings.put(SslBundle.class.getName(), connection.getSslBundle());
		}
	}

	private static void losesNothing(Map<String, Object> settings) {
		settings.put(ProducerConfig.ACKS_CONFIG, "all");
		settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
		// Kafka's own values of these are the ones that an idempotent producer needs.
		settings.remove(ProducerConfig.RETRIES_CONFIG);
		settings.remove(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION);
		settings.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
		// The key alone decides, so that a contact stays in its partition.
		settings.remove(ProducerConfig.PARTITIONER_CLASS_CONFIG);
		settings.remove(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG);
	}

	// Waiting for a broker and delivering the record come one after the other, so that
	// both together take the timeout at most.
	private static void endsWithin(Map<String, Object> settings, Duration timeout) {
		int third = (int) Math.min(Integer.MAX_VALUE / 2, timeout.toMillis() / 3);
		settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, third);
		settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2 * third);
		settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, third);
		// Each thread waits for its record, so that a batch would hardly grow by waiting.
		settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
	}

	private static void check(Map<String, Object> settings) {
		List<String> wrong = settings.keySet().stream().filter((name) -> !isValid(name, settings.get(name))).toList();
		if (!wrong.isEmpty()) {
			throw new IllegalArgumentException("Kafka's producer does not accept the value of " + wrong
					+ ". Correct spring.kafka.*, where these are set.");
		}
	}

	private static boolean isValid(String name, @Nullable Object value) {
		ConfigDef.ConfigKey key = KNOWN.configKeys().get(name);
		if (key == null || value == null) {
			return true;
		}
		try {
			new ConfigDef().define(key).parse(Map.of(name, value));
			return true;
		}
		catch (ConfigException ex) {
			// Its message would quote the value.
			return false;
		}
	}

}
