package io.pulsehook.autoconfigure;

import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.pulsehook.autoconfigure.destination.DestinationProperties;
import io.pulsehook.destination.Destinations;
import io.pulsehook.dispatch.DeliveryStates;
import io.pulsehook.dispatch.DispatchLoopFactory;
import io.pulsehook.dispatch.Dispatcher;
import io.pulsehook.dispatch.Replayer;
import io.pulsehook.dispatch.handler.Handlers;
import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.event.EventReader;
import io.pulsehook.inbox.Deliveries;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.Subscribers;
import io.pulsehook.inbox.replay.Replays;
import io.pulsehook.threads.CoreThreads;

/**
 * Finds the handler beans, and runs them for the events that the inbox keeps.
 */
@Configuration(proxyBeanMethods = false)
class DispatchConfiguration {

	@Bean
	HandlerConfiguration pulsehookHandlerConfiguration(PulsehookProperties properties,
			ConfigurableListableBeanFactory beans) {
		return new HandlerConfiguration(properties, new HandlerAnnotations(beans));
	}

	@Bean
	Handlers pulsehookHandlers(ConfigurableListableBeanFactory beans, HandlerConfiguration configuration,
			ObjectProvider<RegisteredHandler> more, DestinationHandlers destinations) {
		Handlers handlers = destinations.addTo(Handlers.among(beans, configuration::ofBean, more.orderedStream()));
		configuration.warnOfUnknown(handlers.all().stream().map(RegisteredHandler::id).toList());
		return handlers;
	}

	@Bean
	DestinationHandlers pulsehookDestinationHandlers(Destinations destinations, DestinationProperties properties,
			HandlerConfiguration configuration) {
		return new DestinationHandlers(destinations, properties, configuration);
	}

	@Bean
	DispatchLoopFactory pulsehookDispatchLoopFactory(Storage storage, EventReader reader,
			ObjectProvider<ObservationRegistry> observations, PulsehookProperties properties,
			@Value("${server.servlet.context-path:}") String contextPath) {
		DispatchLoopFactory loops = new DispatchLoopFactory(storage.deliveries(), reader,
				observations.getIfAvailable(() -> ObservationRegistry.NOOP), storage.clock(), storage.threads());
		loops.showEventsAt(EventAddress.in(properties, contextPath)::of);
		return loops;
	}

	@Bean
	Dispatcher pulsehookDispatcher(Inbox inbox, Deliveries deliveries, Subscribers subscribers, Handlers handlers,
			DispatchLoopFactory loops, PulsehookProperties properties) {
		return new Dispatcher(inbox, deliveries, subscribers, handlers, loops, properties.shutdownGrace());
	}

	@Bean
	DeliveryStates pulsehookDeliveryStates(Subscribers subscribers, Handlers handlers, Dispatcher dispatcher) {
		return new DeliveryStates(subscribers, handlers, dispatcher);
	}

	@Bean
	Replayer pulsehookReplayer(Replays replays, CoreThreads threads) {
		return new Replayer(replays, threads);
	}

}
