package io.pulsehook.plugin.test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

import io.pulsehook.EventHandler;
import io.pulsehook.event.FlowWebhook;
import io.pulsehook.sendpulse.SendPulse;

/**
 * A handler that sends the title of each event to its contact, and whose first attempt
 * fails afterwards.
 */
@AutoConfiguration
public class AnswerPlugin {

	@Bean
	EventHandler<FlowWebhook> answerHandler(SendPulse sendPulse) {
		return (event, delivery) -> {
			sendPulse.to(event, delivery).text(event.title());
			if (delivery.attempt() == 1) {
				throw new IllegalStateException("Not yet");
			}
		};
	}

}
