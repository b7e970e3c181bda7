package com.example.answers;

import java.util.Map;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.pulsehook.EventHandler;
import io.pulsehook.event.NewSubscriber;
import io.pulsehook.sendpulse.Recipient;
import io.pulsehook.sendpulse.SendPulse;

@Configuration(proxyBeanMethods = false)
class NewLeads {

	@Bean
	EventHandler<NewSubscriber> welcome(SendPulse sendPulse) {
		return (subscriber, delivery) -> {
			Recipient contact = sendPulse.to(subscriber, delivery);
			contact.addTags("lead");
			contact.setVariable("source", "webhook");
			contact.runFlow("60c0f31f457479d02b7512f1", Map.of("discount", 10));
		};
	}

}
