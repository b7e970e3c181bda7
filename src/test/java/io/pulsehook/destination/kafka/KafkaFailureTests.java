package io.pulsehook.destination.kafka;

import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what is said of failures that the broker of the other tests does not have.
 */
class KafkaFailureTests {

	private static final String SECRET = "what a broker said";

	@Test
	void saysThatNobodyAllowedIt() {
		KafkaFailure failure = new KafkaFailure(new ExecutionException(new TopicAuthorizationException(SECRET)));
		assertThat(message(failure)).isEqualTo("Kafka's rights do not allow writing to the topic 'events'. "
				+ "Allow it to the user that logs in. (TopicAuthorizationException)");
		assertThat(failure.mayBreakTheProducer()).as("The others write on with it").isFalse();
	}

	@Test
	void tellsOnlyTheClassOfWhatItDoesNotKnow() {
		KafkaFailure failure = new KafkaFailure(new KafkaException(SECRET, new IllegalStateException(SECRET)));
		assertThat(message(failure)).isEqualTo("Kafka did not take the record. (KafkaException)");
		assertThat(failure.mayBreakTheProducer()).isTrue();
	}

	@Test
	void keepsAProducerThatTriesAgainByItself() {
		KafkaFailure failure = new KafkaFailure(new ExecutionException(new TimeoutException(SECRET)));
		assertThat(message(failure)).isEqualTo("Kafka did not acknowledge the record in time. "
				+ "Check that spring.kafka.bootstrap-servers can be reached. (TimeoutException)");
		assertThat(failure.mayBreakTheProducer()).isFalse();
		assertThat(new KafkaFailure(new java.util.concurrent.TimeoutException()).mayBreakTheProducer()).isFalse();
	}

	private static String message(KafkaFailure failure) {
		return String.valueOf(failure.exception(new ProducerRecord<>("events", new byte[10])).getMessage());
	}

}
