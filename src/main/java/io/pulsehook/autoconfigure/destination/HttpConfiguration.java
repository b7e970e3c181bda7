package io.pulsehook.autoconfigure.destination;

import java.time.Clock;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.pulsehook.destination.http.HttpClients;
import io.pulsehook.destination.http.HttpDestinationFactory;

/**
 * Makes the clients that post to other systems, of what the application configures for
 * its own.
 */
@Configuration(proxyBeanMethods = false)
class HttpConfiguration {

	@Bean
	HttpClients pulsehookHttpClients(ObjectProvider<ClientHttpRequestFactoryBuilder<?>> builder,
			ObjectProvider<HttpClientSettings> settings) {
		return new HttpClients(builder.getIfUnique(ClientHttpRequestFactoryBuilder::jdk),
				settings.getIfUnique(HttpClientSettings::defaults), Clock.systemUTC());
	}

	@Bean
	HttpDestinationFactory pulsehookHttpDestinationFactory(HttpClients clients) {
		return new HttpDestinationFactory(clients);
	}

}
