package io.pulsehook.dispatch.handler;

import java.util.List;

import io.pulsehook.BurstHandler;
import io.pulsehook.Delivery;
import io.pulsehook.EventHandler;
import io.pulsehook.event.ChatbotEvent;
import io.pulsehook.event.Event;

/**
 * Lets a handler of bursts be registered like any other, and be called with one event.
 *
 * @param handler the bean
 */
record BurstAdapter(BurstHandler<ChatbotEvent> handler) implements EventHandler<Event> {

	@Override
	public void handle(Event event, Delivery delivery) throws Exception {
		handle(List.of(event), delivery);
	}

	void handle(List<Event> events, Delivery delivery) throws Exception {
		this.handler.handle(events.stream().map(ChatbotEvent.class::cast).toList(), delivery);
	}

}
