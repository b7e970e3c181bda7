package io.pulsehook.plugin.test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

import io.pulsehook.EventHandler;
import io.pulsehook.event.FlowWebhook;

/**
 * A handler that ends the process with the first event of a contact, when a file of the
 * name {@code deadly} in the working directory says how, and one that is always beside
 * it.
 */
@AutoConfiguration
public class DeadlyPlugin {

	private static final Path WAY = Path.of("deadly");

	private final Recorder recorder = new Recorder();

	@Bean
	EventHandler<FlowWebhook> deadlyHandler() {
		return this.recorder.recording((event, delivery) -> {
			if (Objects.equals(event.title(), "deadly step 1")) {
				while (true) {
					endAs(Files.exists(WAY) ? Files.readString(WAY).strip() : "");
				}
			}
		});
	}

	@Bean
	EventHandler<FlowWebhook> besideHandler() {
		return this.recorder.recording((event, delivery) -> {
			if (Objects.equals(event.title(), "deadly step 2") && Files.exists(Path.of("beside"))) {
				Thread.sleep(Long.MAX_VALUE);
			}
		});
	}

	// Deaf to being asked to stop.
	private static void endAs(String way) {
		switch (way) {
			case "memory" -> exhaustMemory();
			case "exit" -> System.exit(1);
			default -> Thread.onSpinWait();
		}
	}

	private static void exhaustMemory() {
		List<byte[]> all = new ArrayList<>();
		while (true) {
			all.add(new byte[1 << 20]);
		}
	}

}
