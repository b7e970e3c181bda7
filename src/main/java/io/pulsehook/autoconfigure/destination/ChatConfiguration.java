package io.pulsehook.autoconfigure.destination;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.pulsehook.destination.http.HttpClients;
import io.pulsehook.destination.text.SlackDestinationFactory;
import io.pulsehook.destination.text.TelegramDestinationFactory;

/**
 * Makes the destinations that people read.
 */
@Configuration(proxyBeanMethods = false)
class ChatConfiguration {

	@Bean
	SlackDestinationFactory pulsehookSlackDestinationFactory(HttpClients clients) {
		return new SlackDestinationFactory(clients::post);
	}

	@Bean
	TelegramDestinationFactory pulsehookTelegramDestinationFactory(HttpClients clients) {
		return new TelegramDestinationFactory(clients::post);
	}

}
