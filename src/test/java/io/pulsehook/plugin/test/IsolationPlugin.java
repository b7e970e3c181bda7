package io.pulsehook.plugin.test;

import java.util.concurrent.CountDownLatch;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

import io.pulsehook.EventHandler;
import io.pulsehook.event.FlowWebhook;

/**
 * A healthy handler among the worst of neighbours.
 */
@AutoConfiguration
public class IsolationPlugin {

	private final Recorder recorder = new Recorder();

	private volatile long spins;

	@Bean
	EventHandler<FlowWebhook> healthyHandler() {
		return this.recorder.recording((event, delivery) -> {
		});
	}

	@Bean
	EventHandler<FlowWebhook> spinningHandler() {
		return this.recorder.recording((event, delivery) -> {
			while (this.spins >= 0) {
				this.spins = System.nanoTime() & Long.MAX_VALUE;
			}
		});
	}

	@Bean
	EventHandler<FlowWebhook> deafHandler() {
		return this.recorder.recording((event, delivery) -> {
			CountDownLatch never = new CountDownLatch(1);
			while (never.getCount() > 0) {
				try {
					never.await();
				}
				catch (InterruptedException ex) {
					// This handler does not react to an interrupt.
				}
			}
		});
	}

	@Bean
	EventHandler<FlowWebhook> overflowingHandler() {
		return this.recorder.recording((event, delivery) -> recurse(0));
	}

	@Bean
	EventHandler<FlowWebhook> gluttonousHandler() {
		return this.recorder.recording((event, delivery) -> {
			long[][] all = new long[Integer.MAX_VALUE][];
			throw new IllegalStateException("There was room for " + all.length);
		});
	}

	private static long recurse(long depth) {
		return recurse(depth + 1) + 1;
	}

}
