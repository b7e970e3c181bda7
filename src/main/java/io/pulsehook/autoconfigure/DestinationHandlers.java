package io.pulsehook.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.pulsehook.alerts.AlertHandler;
import io.pulsehook.autoconfigure.destination.DestinationProperties;
import io.pulsehook.destination.ConfiguredDestination;
import io.pulsehook.destination.Destinations;
import io.pulsehook.dispatch.handler.HandlerSettings;
import io.pulsehook.dispatch.handler.HandlerSettingsException;
import io.pulsehook.dispatch.handler.Handlers;
import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.failure.Nearest;

/**
 * Lets the destinations be run like handlers that are beans.
 */
final class DestinationHandlers {

	private final Destinations destinations;

	private final DestinationProperties properties;

	private final HandlerConfiguration configuration;

	DestinationHandlers(Destinations destinations, DestinationProperties properties,
			HandlerConfiguration configuration) {
		this.destinations = destinations;
		this.properties = properties;
		this.configuration = configuration;
	}

	/**
	 * Adds the destinations to the other handlers.
	 * @param others the other handlers
	 * @return all handlers
	 * @throws HandlerSettingsException if a destination has the name of another handler,
	 * or settings that cannot be used
	 */
	Handlers addTo(Handlers others) {
		List<RegisteredHandler> all = new ArrayList<>(others.all());
		for (ConfiguredDestination destination : this.destinations.all()) {
			requireOwnName(destination.name(), others);
			all.add(destination.handler(settings(destination.name())));
		}
		return new Handlers(all);
	}

	private HandlerSettings settings(String destination) {
		return this.configuration.ofDestination(destination, this.properties.overrides(destination),
				this.properties.timeout(destination));
	}

	// The alarms keep their name for themselves also where none are configured yet.
	private static void requireOwnName(String destination, Handlers others) {
		if (destination.equals(Nearest.letters(AlertHandler.ID))) {
			throw clash(destination, "the handler '" + AlertHandler.ID + "', which posts alarms");
		}
		others.all()
			.stream()
			.map(RegisteredHandler::id)
			.filter((handler) -> destination.equals(Nearest.letters(handler)))
			.findFirst()
			.ifPresent((handler) -> {
				throw clash(destination, "the handler bean '" + handler + "'");
			});
	}

	private static HandlerSettingsException clash(String destination, String other) {
		return new HandlerSettingsException(
				"Destination '%s' has the name of %s, so that events for one would go to the other."
					.formatted(destination, other),
				"Rename pulsehook.destinations.%s. Case and dashes of names do not count.".formatted(destination),
				null);
	}

}
