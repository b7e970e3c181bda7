package io.pulsehook.dispatch.handler;

import io.pulsehook.Delivery;
import io.pulsehook.EventHandler;
import io.pulsehook.event.Event;

/**
 * Lets a destination be registered like any other handler.
 *
 * @param destination passes events on
 */
record DestinationAdapter(Destination destination) implements EventHandler<Event> {

	@Override
	public void handle(Event event, Delivery delivery) {
		throw new UnsupportedOperationException("A destination needs the event's bytes as well.");
	}

}
