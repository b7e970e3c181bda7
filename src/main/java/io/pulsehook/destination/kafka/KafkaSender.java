package io.pulsehook.destination.kafka;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

import io.pulsehook.dispatch.handler.DestinationException;

/**
 * Sends records with one producer, which is made when the first is sent: Kafka may be
 * away when the service starts. A producer that has failed for good, as one does whose
 * login was refused, is replaced by the next record.
 */
final class KafkaSender implements AutoCloseable {

	private final Supplier<Producer<byte[], byte[]>> producers;

	private final Duration timeout;

	/** Can be waited for with a timeout while addresses of brokers are looked up. */
	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable Producer<byte[], byte[]> producer;

	private boolean closed;

	/**
	 * Creates a sender that is not connected yet.
	 * @param producers makes a producer
	 * @param timeout how long one record may take
	 */
	KafkaSender(Supplier<Producer<byte[], byte[]>> producers, Duration timeout) {
		this.producers = producers;
		this.timeout = timeout;
	}

	/**
	 * Sends a record.
	 * @param sent the record
	 * @return where Kafka has written it
	 * @throws DestinationException if Kafka did not acknowledge it
	 * @throws InterruptedException if the thread was interrupted; the record may still be
	 * written
	 */
	RecordMetadata send(ProducerRecord<byte[], byte[]> sent) throws DestinationException, InterruptedException {
		Producer<byte[], byte[]> used = null;
		try {
			used = producer();
			return used.send(sent).get(this.timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptException ex) {
			// Kafka has also marked the thread, which would interrupt what it does next.
			Thread.interrupted();
			throw new InterruptedException();
		}
		catch (ExecutionException | TimeoutException | RuntimeException ex) {
			KafkaFailure failure = new KafkaFailure(ex);
			if (used != null && failure.mayBreakTheProducer()) {
				discard(used);
			}
			throw failure.exception(sent);
		}
	}

	private Producer<byte[], byte[]> producer() throws InterruptedException {
		this.lock.lockInterruptibly();
		try {
			if (this.closed) {
				throw new IllegalStateException("The application is being closed.");
			}
			Producer<byte[], byte[]> current = this.producer;
			if (current == null) {
				current = this.producers.get();
				this.producer = current;
			}
			return current;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void discard(Producer<byte[], byte[]> broken) {
		this.lock.lock();
		try {
			if (this.producer == broken) {
				this.producer = null;
			}
		}
		finally {
			this.lock.unlock();
		}
		broken.close(Duration.ZERO);
	}

	/**
	 * Closes the producer at once: a record that is not acknowledged yet belongs to a
	 * delivery that will be tried again.
	 */
	@Override
	public void close() {
		this.lock.lock();
		try {
			this.closed = true;
			if (this.producer != null) {
				this.producer.close(Duration.ZERO);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
