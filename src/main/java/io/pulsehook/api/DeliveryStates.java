package io.pulsehook.api;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

import io.pulsehook.dispatch.Dispatcher;
import io.pulsehook.dispatch.Handlers;
import io.pulsehook.dispatch.RegisteredHandler;
import io.pulsehook.dispatch.RunningDelivery;
import io.pulsehook.inbox.StoredDelivery;

/**
 * Knows the states that the database does not: what runs, what hangs, and what nobody is
 * there to run.
 */
class DeliveryStates {

	private static final Set<String> UNFINISHED = Set.of("pending", "retrying");

	private final Handlers handlers;

	private final Dispatcher dispatcher;

	DeliveryStates(Handlers handlers, Dispatcher dispatcher) {
		this.handlers = handlers;
		this.dispatcher = dispatcher;
	}

	Collection<RegisteredHandler> handlers() {
		return this.handlers.all();
	}

	Collection<RunningDelivery> running() {
		return this.dispatcher.running();
	}

	// What the operator is shown: one of the delivery's statuses of the API.
	String of(StoredDelivery delivery) {
		if (!UNFINISHED.contains(delivery.status())) {
			return delivery.status();
		}
		if (!handlerIds().contains(delivery.handler())) {
			return "orphaned";
		}
		return running().stream()
			.filter((running) -> running.eventId() == delivery.eventId()
					&& running.handler().equals(delivery.handler()))
			.map((running) -> running.hung() ? "hung" : "running")
			.findFirst()
			.orElse(delivery.status());
	}

	private Set<String> handlerIds() {
		return handlers().stream().map(RegisteredHandler::id).collect(Collectors.toSet());
	}

}
