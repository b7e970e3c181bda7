package io.pulsehook.autoconfigure.destination;

import java.util.List;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

import io.pulsehook.destination.DestinationFactory;
import io.pulsehook.destination.Destinations;
import io.pulsehook.event.EventReader;

/**
 * Makes the destinations that are configured. Each kind has a factory here.
 */
@Configuration(proxyBeanMethods = false)
@Import({ HttpConfiguration.class, ChatConfiguration.class })
public class DestinationConfiguration {

	@Bean
	DestinationProperties pulsehookDestinationProperties(Environment environment) {
		return new DestinationBinder(environment).read();
	}

	@Bean
	Destinations pulsehookDestinations(DestinationProperties properties, ObjectProvider<DestinationFactory> factories,
			EventReader reader) {
		List<DestinationFactory> kinds = factories.orderedStream().toList();
		DestinationAssembly assembly = new DestinationAssembly(properties, kinds);
		return new Destinations(properties.names().stream().map(assembly::create).toList(), reader);
	}

}
