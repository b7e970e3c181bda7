package io.pulsehook.plugin.test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

import io.pulsehook.EventHandler;
import io.pulsehook.event.FlowWebhook;
import io.pulsehook.event.OpenChat;
import io.pulsehook.event.Unsubscribe;

/**
 * Handlers that a shutdown finds at work: one ends when the file {@code release} appears
 * in the working directory, one ends only if that file is there from the start.
 */
@AutoConfiguration
public class ShutdownPlugin {

	private static final Path RELEASE = Path.of("release");

	private static final int LOOK_MILLIS = 20;

	private final Recorder recorder = new Recorder();

	@Bean
	EventHandler<FlowWebhook> stepHandler() {
		return this.recorder.recording((event, delivery) -> {
		});
	}

	@Bean
	EventHandler<OpenChat> finishingHandler() {
		return this.recorder.recording((event, delivery) -> {
			while (!Files.exists(RELEASE)) {
				TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
			}
		});
	}

	@Bean
	EventHandler<Unsubscribe> endlessHandler() {
		EventHandler<Unsubscribe> endless = this.recorder.recording((event, delivery) -> new CountDownLatch(1).await());
		EventHandler<Unsubscribe> ending = this.recorder.recording((event, delivery) -> {
		});
		// The file is looked for before the record says that the handler has begun, since
		// the test then creates it.
		return (event, delivery) -> (Files.exists(RELEASE) ? ending : endless).handle(event, delivery);
	}

}
