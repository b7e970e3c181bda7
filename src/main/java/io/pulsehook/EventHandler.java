package io.pulsehook;

import io.pulsehook.event.Event;

/**
 * Handles the events of one type. Every bean of this type is a handler: its type argument
 * is what it receives, a leaf record, a sealed parent or {@link Event} itself, and its
 * bean name is its identity in the database and the configuration.
 *
 * <p>
 * An event is handed over at least once. Deliveries of one contact, or of one payment
 * order, run one at a time and in the order of receipt; others run in parallel, so that a
 * handler must be thread-safe.
 *
 * @param <E> the type of event to receive
 */
@FunctionalInterface
public interface EventHandler<E extends Event> {

	/**
	 * Handles an event.
	 * @param event the event
	 * @param delivery what is known of this delivery; its {@link Delivery#id() id} is the
	 * idempotency key to use in calls to other systems
	 * @throws UnrecoverableEventException if no further attempt can succeed: the delivery
	 * becomes a dead letter at once
	 * @throws Exception if it did not succeed: it is tried again later, as
	 * {@code pulsehook.handlers.<bean name>} says
	 */
	void handle(E event, Delivery delivery) throws Exception;

}
