package io.pulsehook.autoconfigure;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.Ordered;

import io.pulsehook.BurstHandler;
import io.pulsehook.EventHandler;
import io.pulsehook.autoconfigure.destination.OnNoDestination;
import io.pulsehook.event.ChatbotEvent;
import io.pulsehook.event.Event;
import io.pulsehook.event.PaymentOrder;

/**
 * Adds an example handler, which logs the events that arrive. This configuration is
 * applied last, so that the example makes way for any other handler, also for one of a
 * plug-in, and for destinations.
 */
@AutoConfiguration
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnBooleanProperty("pulsehook.example")
@ConditionalOnMissingBean({ EventHandler.class, BurstHandler.class })
@Conditional(OnNoDestination.class)
public class ExampleAutoConfiguration {

	private static final Log logger = LogFactory.getLog("io.pulsehook.example");

	@Bean
	EventHandler<Event> exampleHandler() {
		return (event, delivery) -> logger.info(
				"Received " + describe(event) + " from source '" + delivery.source() + "', delivery " + delivery.id());
	}

	// Types, codes and ids may be logged, but nothing that a person wrote.
	private static String describe(Event event) {
		String type = event.getClass().getSimpleName();
		if (event instanceof ChatbotEvent chatbot) {
			return type + " (" + chatbot.service() + ")";
		}
		if (event instanceof PaymentOrder order) {
			return type + " (order " + order.id() + ", " + order.status() + ")";
		}
		return type;
	}

}
