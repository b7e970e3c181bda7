package io.pulsehook.plugin.test;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

import io.pulsehook.EventHandler;
import io.pulsehook.UnrecoverableEventException;
import io.pulsehook.event.FlowWebhook;

/**
 * Handlers that fail now and then, each in its own way, beside one that never does.
 */
@AutoConfiguration
public class SoakPlugin {

	private static final int THOUSAND = 1_000;

	private static final long DEAF_NANOS = TimeUnit.MILLISECONDS.toNanos(1_200);

	private final Recorder recorder = new Recorder();

	@Bean
	EventHandler<FlowWebhook> healthyHandler() {
		return this.recorder.recordingEnds((event, delivery) -> {
		});
	}

	@Bean
	EventHandler<FlowWebhook> failingHandler() {
		return this.recorder.recordingEnds((event, delivery) -> {
			int dice = roll();
			if (dice < 2) {
				throw new UnrecoverableEventException("Never: " + event);
			}
			if (dice < 80) {
				throw new IllegalStateException("Not now: " + event);
			}
		});
	}

	@Bean
	EventHandler<FlowWebhook> erringHandler() {
		return this.recorder.recordingEnds((event, delivery) -> {
			switch (roll()) {
				case 0 -> recurse(0);
				case 1, 2 -> throw new IllegalStateException("Room for " + new long[Integer.MAX_VALUE][].length);
				case 3, 4, 5, 6, 7, 8 -> throw new AssertionError(event);
				default -> {
				}
			}
		});
	}

	// The test configures a timeout for this handler that is shorter than the handler
	// takes.
	@Bean
	EventHandler<FlowWebhook> hangingHandler() {
		return this.recorder.recordingEnds((event, delivery) -> {
			int dice = roll();
			if (dice < 2) {
				beDeaf();
			}
			else if (dice < 6) {
				new CountDownLatch(1).await();
			}
		});
	}

	private static void beDeaf() {
		long until = System.nanoTime() + DEAF_NANOS;
		for (long left = DEAF_NANOS; left > 0; left = until - System.nanoTime()) {
			LockSupport.parkNanos(left);
			Thread.interrupted();
		}
	}

	private static long recurse(long depth) {
		return recurse(depth + 1) + 1;
	}

	private static int roll() {
		return ThreadLocalRandom.current().nextInt(THOUSAND);
	}

}
