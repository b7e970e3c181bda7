package com.example.answers;

import java.time.Duration;
import java.util.regex.Pattern;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.pulsehook.EventHandler;
import io.pulsehook.event.IncomingMessage;
import io.pulsehook.sendpulse.Recipient;
import io.pulsehook.sendpulse.SendPulse;

@Configuration(proxyBeanMethods = false)
class HandOver {

	private static final Pattern WISH = Pattern.compile("operator|human|real person", Pattern.CASE_INSENSITIVE);

	@Bean
	EventHandler<IncomingMessage> handOver(SendPulse sendPulse) {
		return (message, delivery) -> {
			if (message.text() == null || !WISH.matcher(message.text()).find()) {
				return;
			}
			Recipient contact = sendPulse.to(message, delivery);
			contact.pauseAutomation(Duration.ofHours(12));
			contact.openChat();
			contact.text("One moment, a colleague will write to you here.");
		};
	}

}
