package io.pulsehook.destination.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import kafka.server.BrokerServer;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/**
 * A real broker of Kafka that can be stopped and started again at the same address.
 */
final class KafkaBroker implements AutoCloseable {

	private final EmbeddedKafkaKraftBroker kafka = new EmbeddedKafkaKraftBroker(1, 1);

	KafkaBroker(NewTopic... topics) {
		this.kafka.brokerProperty("auto.create.topics.enable", "false");
		this.kafka.afterPropertiesSet();
		this.kafka.addTopics(topics);
	}

	String address() {
		return this.kafka.getBrokersAsString();
	}

	void stop() {
		brokers().forEach(BrokerServer::shutdown);
	}

	void start() {
		brokers().forEach(BrokerServer::startup);
	}

	private Collection<BrokerServer> brokers() {
		return Objects.requireNonNull(this.kafka.getCluster()).brokers().values();
	}

	/**
	 * Reads all records of a topic.
	 * @param topic the topic
	 * @return the records, those of each partition in their order
	 */
	Stream<ConsumerRecord<byte[], byte[]>> records(String topic) {
		try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", address()),
				new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
			List<TopicPartition> partitions = consumer.partitionsFor(topic)
				.stream()
				.map((partition) -> new TopicPartition(topic, partition.partition()))
				.toList();
			consumer.assign(partitions);
			Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
			consumer.seekToBeginning(partitions);
			Stream.Builder<ConsumerRecord<byte[], byte[]>> records = Stream.builder();
			while (partitions.stream()
				.anyMatch((partition) -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
				StreamSupport.stream(consumer.poll(Duration.ofMillis(200)).spliterator(), false).forEach(records::add);
			}
			return records.build();
		}
	}

	@Override
	public void close() {
		this.kafka.destroy();
	}

}
