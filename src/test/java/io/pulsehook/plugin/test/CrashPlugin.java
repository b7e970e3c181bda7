package io.pulsehook.plugin.test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

import io.pulsehook.EventHandler;
import io.pulsehook.event.FlowWebhook;
import io.pulsehook.event.Unsubscribe;

/**
 * A handler that takes a moment, so that a kill finds it at work, and one that never ends
 * while there is a file {@code hold} in the working directory.
 */
@AutoConfiguration
public class CrashPlugin {

	private static final int LONGEST_NANOS = 4_000_000;

	private final Recorder recorder = new Recorder();

	@Bean
	EventHandler<FlowWebhook> stepHandler() {
		return this.recorder
			.recording((event, delivery) -> LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(LONGEST_NANOS)));
	}

	@Bean
	EventHandler<Unsubscribe> heldHandler() {
		return this.recorder.recording((event, delivery) -> {
			if (Files.exists(Path.of("hold"))) {
				new CountDownLatch(1).await();
			}
		});
	}

}
