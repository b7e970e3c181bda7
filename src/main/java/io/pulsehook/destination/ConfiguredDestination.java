package io.pulsehook.destination;

import java.util.LinkedHashSet;
import java.util.Set;

import io.pulsehook.dispatch.handler.Destination;
import io.pulsehook.dispatch.handler.HandlerSettings;
import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.event.Event;

/**
 * A destination of the configuration.
 *
 * @param name its name in lower case, which is also its id as a handler
 * @param kind what kind of system it passes events on to
 * @param target where they go, without anything secret: the host of a URL, a chat, or a
 * topic
 * @param destination passes them on
 * @param types the types that it receives, one at least
 */
public record ConfiguredDestination(String name, DestinationKind kind, String target, Destination destination,
		Set<Class<? extends Event>> types) {

	/**
	 * Returns the destination as one of the handlers.
	 * @param settings how it is run
	 * @return the handler
	 * @throws io.pulsehook.dispatch.handler.HandlerFilterException if its filter cannot
	 * be used
	 */
	public RegisteredHandler handler(HandlerSettings settings) {
		Set<String> names = new LinkedHashSet<>();
		this.types.forEach((type) -> names.add(type.getSimpleName()));
		String word = this.types.equals(EventTypes.all()) ? Event.class.getSimpleName() : String.join(", ", names);
		return RegisteredHandler.ofDestination(this.name, word, names, this.destination, settings);
	}

}
