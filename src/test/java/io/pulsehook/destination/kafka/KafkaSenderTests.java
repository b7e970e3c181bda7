package io.pulsehook.destination.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

import io.pulsehook.dispatch.handler.DestinationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests which producers are used on after a failure, and which are replaced.
 */
class KafkaSenderTests {

	private static final ProducerRecord<byte[], byte[]> RECORD = new ProducerRecord<>("events", new byte[1]);

	private final List<MockProducer<byte[], byte[]>> producers = new ArrayList<>();

	private final KafkaSender sender = new KafkaSender(this::producer, Duration.ofSeconds(5));

	private MockProducer<byte[], byte[]> producer() {
		MockProducer<byte[], byte[]> producer = new MockProducer<>(true, null, new ByteArraySerializer(),
				new ByteArraySerializer());
		this.producers.add(producer);
		return producer;
	}

	@Test
	void replacesAProducerThatCannotRecover() throws Exception {
		this.sender.send(RECORD);
		failWith(new SaslAuthenticationException("no"));
		assertThat(this.producers.get(0).closed()).isTrue();
		assertThat(this.sender.send(RECORD).offset()).isZero();
		assertThat(this.producers).hasSize(2);
	}

	@Test
	void keepsAProducerThatRecoversByItself() throws Exception {
		this.sender.send(RECORD);
		failWith(new TimeoutException("no"));
		assertThat(this.sender.send(RECORD).offset()).isEqualTo(1);
		assertThat(this.producers).hasSize(1);
	}

	@Test
	void makesNoProducerAfterItWasClosed() throws Exception {
		this.sender.send(RECORD);
		this.sender.close();
		assertThat(this.producers.get(0).closed()).isTrue();
		assertThatExceptionOfType(DestinationException.class).isThrownBy(() -> this.sender.send(RECORD));
		assertThat(this.producers).hasSize(1);
	}

	private void failWith(RuntimeException failure) {
		this.producers.get(0).sendException = failure;
		assertThatExceptionOfType(DestinationException.class).isThrownBy(() -> this.sender.send(RECORD));
		this.producers.get(0).sendException = null;
	}

}
