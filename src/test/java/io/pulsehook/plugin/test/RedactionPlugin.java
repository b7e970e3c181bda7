package io.pulsehook.plugin.test;

import java.io.IOException;
import java.io.UncheckedIOException;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

import io.pulsehook.EventHandler;
import io.pulsehook.event.Event;

/**
 * A handler whose exceptions quote all of the event in every way that an exception can,
 * and a record of all observations, which is what tracing would export.
 */
@AutoConfiguration
public class RedactionPlugin {

	private final Recorder recorder = new Recorder();

	@Bean
	EventHandler<Event> quotingHandler() {
		return (event, delivery) -> {
			IllegalStateException quoting = new IllegalStateException("Cannot handle " + event,
					new IllegalArgumentException(delivery.raw()));
			quoting.addSuppressed(new IllegalArgumentException("Beside " + delivery.raw()));
			throw quoting;
		};
	}

	@Bean
	ObservationHandler<Observation.Context> observationRecorder() {
		return new ObservationHandler<>() {

			@Override
			public void onStop(Observation.Context context) {
				try {
					RedactionPlugin.this.recorder.write(context.getName() + "\t" + context.getContextualName() + "\t"
							+ context.getAllKeyValues() + "\t" + context.getError());
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

		};
	}

}
