package io.pulsehook.bench.handlers;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;
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

	private final @Nullable DataOutputStream latencies;

	BenchHandler(Environment environment) throws IOException {
		String file = environment.getProperty("bench.latencies");
		this.latencies = (file != null)
				? new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(Path.of(file)))) : null;
	}

	@Override
	public void handle(Event event, Delivery delivery) throws IOException {
		if (this.latencies != null && delivery.raw().contains(SENT)) {
			note(this.latencies, delivery.raw());
		}
	}

	private synchronized void note(DataOutputStream latencies, String raw) throws IOException {
		int begin = raw.indexOf(SENT) + SENT.length();
		latencies.writeLong(Long.parseLong(raw, begin, raw.indexOf(',', begin), 10));
		latencies.writeLong(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
	}

	@Override
	public void destroy() throws IOException {
		if (this.latencies != null) {
			this.latencies.close();
		}
	}

}
