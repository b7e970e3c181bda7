package com.example.answers;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.pulsehook.BurstHandler;
import io.pulsehook.EventHandler;
import io.pulsehook.Handler;
import io.pulsehook.event.IncomingMessage;
import io.pulsehook.event.OutgoingMessage;
import io.pulsehook.sendpulse.Recipient;
import io.pulsehook.sendpulse.SendPulse;

@Configuration(proxyBeanMethods = false)
class ModelReplies {

	@Bean
	@Handler(filter = "sent-by=operator")
	EventHandler<OutgoingMessage> giveWay(SendPulse sendPulse) {
		return (message, delivery) -> sendPulse.to(message, delivery).pauseAutomation(Duration.ofMinutes(30));
	}

	@Bean
	@Handler(filter = "comment=false", timeout = "2m")
	BurstHandler<IncomingMessage> reply(SendPulse sendPulse, Model model) {
		return (messages, delivery) -> {
			Recipient contact = sendPulse.to(messages.get(0), delivery);
			if (contact.contact().isAutomationPaused(Instant.now())) {
				return;
			}
			List<String> texts = messages.stream()
				.map((message) -> Objects.requireNonNullElse(message.text(), ""))
				.toList();
			contact.text(delivery.once("reply", String.class, () -> model.reply(texts)));
		};
	}

	interface Model {

		String reply(List<String> texts);

	}

}
