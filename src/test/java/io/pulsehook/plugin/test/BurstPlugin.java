package io.pulsehook.plugin.test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

import io.pulsehook.BurstHandler;
import io.pulsehook.EventHandler;
import io.pulsehook.event.FlowWebhook;

/**
 * A handler of bursts that succeeds at its third attempt.
 */
@AutoConfiguration
public class BurstPlugin {

	private static final int SUCCESSFUL_ATTEMPT = 3;

	private final Recorder recorder = new Recorder();

	@Bean
	BurstHandler<FlowWebhook> burstHandler() {
		EventHandler<FlowWebhook> each = this.recorder.recordingEnds((event, delivery) -> {
		});
		return (events, delivery) -> {
			for (FlowWebhook event : events) {
				each.handle(event, delivery);
			}
			if (delivery.attempt() < SUCCESSFUL_ATTEMPT) {
				throw new IllegalStateException("Not yet");
			}
		};
	}

}
