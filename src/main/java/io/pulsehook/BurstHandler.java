package io.pulsehook;

import java.util.List;

import io.pulsehook.event.ChatbotEvent;

/**
 * Handles together what one contact sent within a short time, so that three messages get
 * one answer. Every bean of this type is a handler: its type argument is what it
 * receives, a leaf record or a sealed parent of chatbot events, and its bean name is its
 * identity in the database and the configuration.
 *
 * <p>
 * It is called when the contact has been quiet for {@code quiet} (10 seconds), at the
 * latest {@code max-wait} (a minute) after the first event, with at most
 * {@code max-events} (100) events and 4 MB of them; more than that is handed over without
 * waiting any longer. These events are a burst. Which ones they are is on disk before the
 * first call, and stays the same over retries and restarts; what the contact sends
 * meanwhile belongs to the next burst. An event without a contact is a burst of its own,
 * which waits for nothing.
 *
 * <p>
 * A burst is handed over at least once, and whatever comes of it comes of all of its
 * events. The bursts of one contact run one at a time and in the order of receipt, as do
 * the events in each; those of others run in parallel, so that a handler must be
 * thread-safe. A replay hands over a single event, whatever burst it was in.
 *
 * @param <E> the type of event to receive
 */
@FunctionalInterface
public interface BurstHandler<E extends ChatbotEvent> {

	/**
	 * Handles a burst.
	 * @param events the events in the order of receipt, at least one
	 * @param delivery the delivery of the first of them, which stands for all: it has the
	 * time, the source and the JSON of that event, and its {@link Delivery#id() id} is
	 * the idempotency key to use in calls to other systems
	 * @throws UnrecoverableEventException if no further attempt can succeed: the
	 * deliveries of all its events become dead letters at once
	 * @throws RetryLaterException if another system asks for a pause: the same events are
	 * tried again after it, and the handler rests until then
	 * @throws Exception if it did not succeed: the same events are tried again later, as
	 * the handler's settings say
	 */
	void handle(List<E> events, Delivery delivery) throws Exception;

}
