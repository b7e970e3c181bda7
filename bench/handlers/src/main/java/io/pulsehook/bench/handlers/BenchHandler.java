package io.pulsehook.bench.handlers;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.env.Environment;

import io.pulsehook.Delivery;
import io.pulsehook.EventHandler;
import io.pulsehook.event.Event;

/**
 * Does nothing, or, if {@code bench.latencies} names a file, writes down when an event
 * was posted and when it got here, in microseconds.
 */
class BenchHandler implements EventHandler<Event>, DisposableBean {

	private static final String SENT = "\"sent\":";

	private final DataOutputStream latencies;

	BenchHandler(Environment environment) throws IOException {
		String file = environment.getProperty("bench.latencies");
		this.latencies = new DataOutputStream((file != null)
				? new BufferedOutputStream(Files.newOutputStream(Path.of(file))) : OutputStream.nullOutputStream());
	}

	@Override
	public void handle(Event event, Delivery delivery) throws IOException {
		long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
		int begin = delivery.raw().indexOf(SENT) + SENT.length();
		long sent = Long.parseLong(delivery.raw(), begin, delivery.raw().indexOf(',', begin), 10);
		synchronized (this) {
			this.latencies.writeLong(sent);
			this.latencies.writeLong(now);
		}
	}

	@Override
	public void destroy() throws IOException {
		this.latencies.close();
	}

}
