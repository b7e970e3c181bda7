package com.example.answers;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.pulsehook.EventHandler;
import io.pulsehook.event.FlowWebhook;
import io.pulsehook.event.IncomingMessage;
import io.pulsehook.sendpulse.OutsideWindowException;
import io.pulsehook.sendpulse.Recipient;
import io.pulsehook.sendpulse.SendPulse;

/**
 * The lines of docs/sendpulse.md that are no recipe.
 */
@Configuration(proxyBeanMethods = false)
class Greetings {

	@Bean
	EventHandler<IncomingMessage> greet(SendPulse sendPulse) {
		return (message, delivery) -> sendPulse.to(message, delivery).text("Hello!");
	}

	@Bean
	EventHandler<IncomingMessage> greetUnlessLate(SendPulse sendPulse) {
		return (message, delivery) -> {
			if (!delivery.raw().contains("\"reconciled\":true")) {
				sendPulse.to(message, delivery).text("Hello!");
			}
		};
	}

	@Bean
	EventHandler<FlowWebhook> remind(SendPulse sendPulse) {
		return (webhook, delivery) -> {
			Recipient contact = sendPulse.to(webhook, delivery);
			try {
				contact.text("Your course begins tomorrow.");
			}
			catch (OutsideWindowException ex) {
				contact.template("course_begins", "en");
			}
		};
	}

}
