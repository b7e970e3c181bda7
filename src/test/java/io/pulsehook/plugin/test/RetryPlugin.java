package io.pulsehook.plugin.test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

import io.pulsehook.EventHandler;
import io.pulsehook.event.FlowWebhook;

/**
 * A handler that succeeds at its third attempt.
 */
@AutoConfiguration
public class RetryPlugin {

	private static final int SUCCESSFUL_ATTEMPT = 3;

	private final Recorder recorder = new Recorder();

	@Bean
	EventHandler<FlowWebhook> thirdTimeHandler() {
		return this.recorder.recording((event, delivery) -> {
			if (delivery.attempt() < SUCCESSFUL_ATTEMPT) {
				throw new IllegalStateException("Not yet");
			}
		});
	}

}
