package io.pulsehook.destination.kafka;

import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

import io.pulsehook.dispatch.handler.DestinationException;

/**
 * Why a record was not written. Messages of Kafka's exceptions can quote the
 * configuration and what brokers answered, so that only their classes are told.
 */
final class KafkaFailure {

	private final Throwable failure;

	KafkaFailure(Exception thrown) {
		this.failure = (thrown instanceof ExecutionException && thrown.getCause() != null) ? thrown.getCause() : thrown;
	}

	/**
	 * Tells whether the producer may be of no use any more. The idempotent producer never
	 * recovers from a refused login, for example. A topic that may not be written to
	 * breaks nothing, and records for other topics are under way.
	 * @return {@code false} if it surely works on
	 */
	boolean mayBreakTheProducer() {
		return !(this.failure instanceof RetriableException || this.failure instanceof RecordTooLargeException
				|| this.failure instanceof TopicAuthorizationException
				|| this.failure instanceof java.util.concurrent.TimeoutException);
	}

	DestinationException exception(ProducerRecord<?, byte[]> record) {
		Throwable reason = reason();
		return new DestinationException(message(reason, record) + " (" + reason.getClass().getSimpleName() + ")", null);
	}

	// A producer that could not be made, and metadata that did not come, have their
	// reason as the cause.
	private Throwable reason() {
		Throwable cause = this.failure.getCause();
		return (cause instanceof UnknownTopicOrPartitionException || cause instanceof ConfigException
				|| cause instanceof AuthenticationException) ? cause : this.failure;
	}

	private static String message(Throwable reason, ProducerRecord<?, byte[]> record) {
		if (reason instanceof UnknownTopicOrPartitionException) {
			return "Kafka has no topic '%s'. Create it, or correct the destination's kafka.topic."
				.formatted(record.topic());
		}
		if (reason instanceof AuthenticationException) {
			return "Kafka refused the login. Check spring.kafka.security.* and spring.kafka.properties.sasl.*.";
		}
		if (reason instanceof AuthorizationException) {
			return "Kafka's rights do not allow writing to the topic '%s'. Allow it to the user that logs in."
				.formatted(record.topic());
		}
		if (reason instanceof RecordTooLargeException) {
			return ("The record is larger than Kafka takes: its value has %d bytes. Raise max.request.size in "
					+ "spring.kafka.producer.properties and max.message.bytes of the topic '%s'.")
				.formatted(record.value().length, record.topic());
		}
		if (reason instanceof ConfigException) {
			return "Kafka's producer could not be made. Check spring.kafka.*, and that the brokers' names can be resolved.";
		}
		return isTimeout(reason)
				? "Kafka did not acknowledge the record in time. Check that spring.kafka.bootstrap-servers can be reached."
				: "Kafka did not take the record.";
	}

	private static boolean isTimeout(Throwable reason) {
		return reason instanceof TimeoutException || reason instanceof java.util.concurrent.TimeoutException;
	}

}
