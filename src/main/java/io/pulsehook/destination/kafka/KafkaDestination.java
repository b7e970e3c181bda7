package io.pulsehook.destination.kafka;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

import io.pulsehook.dispatch.handler.Destination;
import io.pulsehook.dispatch.handler.OutgoingEvent;

/**
 * Writes events to a topic, and is done with each when Kafka has acknowledged it.
 */
final class KafkaDestination implements Destination {

	private final String topic;

	private final Function<OutgoingEvent, byte[]> payload;

	private final KafkaSender sender;

	KafkaDestination(String topic, Function<OutgoingEvent, byte[]> payload, KafkaSender sender) {
		this.topic = topic;
		this.payload = payload;
		this.sender = sender;
	}

	@Override
	public String send(OutgoingEvent event) throws Exception {
		RecordMetadata written = this.sender.send(new ProducerRecord<>(this.topic, null, KafkaKey.of(event.event()),
				this.payload.apply(event), headers(event)));
		return "partition %d, offset %d".formatted(written.partition(), written.offset());
	}

	private static List<Header> headers(OutgoingEvent event) {
		List<Header> headers = new ArrayList<>(List.of(header("id", Long.toString(event.id())),
				header("type", event.type()), header("source", event.delivery().source())));
		if (event.isTest()) {
			headers.add(header("pulsehook-test", "true"));
		}
		return headers;
	}

	private static Header header(String name, String value) {
		return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
	}

}
