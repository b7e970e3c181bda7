package io.pulsehook.plugin.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

import io.pulsehook.EventHandler;
import io.pulsehook.event.FlowWebhook;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.model.InboxListener;

/**
 * A handler that ends the process with the first event of a contact, in the way that a
 * file {@code deadly} in the working directory names, and one that always runs beside it.
 */
@AutoConfiguration
public class DeadlyPlugin {

	private static final Path WAY = Path.of("deadly");

	private final Recorder recorder = new Recorder();

	@Bean
	EventHandler<FlowWebhook> deadlyHandler() {
		return this.recorder.recording((event, delivery) -> {
			if (Objects.equals(event.title(), "deadly step 1")) {
				String way = "";
				while (!way.equals("nothing")) {
					endAs(way);
					way = way();
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

	// Any other way lets the handler spin, whatever interrupts it.
	private static void endAs(String way) {
		switch (way) {
			case "memory" -> exhaustMemory();
			case "exit" -> System.exit(1);
			default -> Thread.onSpinWait();
		}
	}

	// Throws what Thread.stop() would throw, since newer JDKs have no such method.
	@Bean
	SmartInitializingSingleton stoppingOfTheWriter(Inbox inbox) {
		return () -> inbox.listen(new InboxListener() {

			@Override
			public void committed(int writes, Duration took) {
				if (way().equals("stop")) {
					throw new ThreadDeath();
				}
			}

		});
	}

	private static String way() {
		try {
			return Files.exists(WAY) ? Files.readString(WAY).strip() : "";
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void exhaustMemory() {
		List<byte[]> all = new ArrayList<>();
		while (true) {
			all.add(new byte[1 << 20]);
		}
	}

}
