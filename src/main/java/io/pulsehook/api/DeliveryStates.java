package io.pulsehook.api;

import java.util.Collection;
import java.util.List;
import java.util.Set;

import io.pulsehook.dispatch.Dispatcher;
import io.pulsehook.dispatch.Handlers;
import io.pulsehook.dispatch.RegisteredHandler;
import io.pulsehook.dispatch.RunningDelivery;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.StoredDelivery;
import io.pulsehook.inbox.Subscription;

/**
 * Knows the states that the database does not: what runs, what hangs, and what nobody is
 * there to run.
 */
class DeliveryStates {

	private static final Set<String> UNFINISHED = Set.of("pending", "retrying");

	private final Inbox inbox;

	private final Handlers handlers;

	private final Dispatcher dispatcher;

	DeliveryStates(Inbox inbox, Handlers handlers, Dispatcher dispatcher) {
		this.inbox = inbox;
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
		if (!isAlive(delivery.handler())) {
			return "orphaned";
		}
		return running().stream()
			.filter((running) -> running.eventId() == delivery.eventId()
					&& running.handler().equals(delivery.handler()))
			.map((running) -> running.hung() ? "hung" : "running")
			.findFirst()
			.orElse(delivery.atHand() ? "running" : delivery.status());
	}

	// Whether a process has the handler, this one or another.
	boolean isAlive(String handler) {
		return isHere(handler) || elsewhere().stream().anyMatch((known) -> known.handler().equals(handler));
	}

	private boolean isHere(String handler) {
		return handlers().stream().anyMatch((known) -> known.id().equals(handler));
	}

	// The handlers that only other processes have.
	List<Subscription> elsewhere() {
		return this.inbox.subscriptions().stream().filter((known) -> !isHere(known.handler())).toList();
	}

}
