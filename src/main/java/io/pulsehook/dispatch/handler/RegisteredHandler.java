package io.pulsehook.dispatch.handler;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.pulsehook.BurstHandler;
import io.pulsehook.Delivery;
import io.pulsehook.EventHandler;
import io.pulsehook.event.ChatbotEvent;
import io.pulsehook.event.Event;
import io.pulsehook.event.filter.HandlerFilter;
import io.pulsehook.event.filter.InvalidFilterException;
import io.pulsehook.inbox.model.BurstLimits;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.Subscription;

/**
 * A handler with the events that it receives and its settings.
 *
 * @param id the bean name
 * @param type what it receives, by its simple name: a leaf record, a sealed parent or
 * {@link Event}
 * @param types the simple names of all records of that type
 * @param handler the bean
 * @param settings how it is run
 * @param filter which events of its types it takes
 */
public record RegisteredHandler(String id, String type, Set<String> types, EventHandler<Event> handler,
		HandlerSettings settings, HandlerFilter filter) {

	private static final Duration TIME_TO_TELL = Duration.ofSeconds(5);

	/**
	 * Creates a handler of a type that no filter is for.
	 * @param id the name that it is known by
	 * @param type what it receives
	 * @param types the simple names of the records of that type
	 * @param handler what is called
	 * @param settings how it is run; their filter is of no effect
	 */
	public RegisteredHandler(String id, String type, Set<String> types, EventHandler<Event> handler,
			HandlerSettings settings) {
		this(id, type, types, handler, settings, HandlerFilter.ALL);
	}

	/**
	 * Creates a handler of events.
	 * @param id the bean name
	 * @param eventType what it receives
	 * @param handler the bean
	 * @param settings how it is run
	 * @throws HandlerFilterException if its filter cannot be used
	 */
	public RegisteredHandler(String id, Class<? extends Event> eventType, EventHandler<Event> handler,
			HandlerSettings settings) {
		this(id, eventType, handler, settings, filter(id, settings));
	}

	// Shows the keys of the filter as they are documented, however they were spelt.
	private RegisteredHandler(String id, Class<? extends Event> eventType, EventHandler<Event> handler,
			HandlerSettings settings, HandlerFilter filter) {
		this(id, eventType.getSimpleName(), types(eventType), handler, settings.withFilter(filter.patterns()), filter);
	}

	private static HandlerFilter filter(String id, HandlerSettings settings) {
		try {
			return HandlerFilter.of(settings.filter());
		}
		catch (InvalidFilterException ex) {
			throw new HandlerFilterException(id, ex);
		}
	}

	/**
	 * Makes a handler of bursts.
	 * @param id the bean name
	 * @param eventType what it receives
	 * @param handler the bean
	 * @param settings how it is run
	 * @return the handler
	 */
	public static RegisteredHandler ofBursts(String id, Class<? extends ChatbotEvent> eventType,
			BurstHandler<ChatbotEvent> handler, HandlerSettings settings) {
		return new RegisteredHandler(id, eventType, new BurstAdapter(handler), settings);
	}

	/**
	 * Makes a handler that passes events on to another system.
	 * @param id the name that it is known by
	 * @param type what it receives, in a word
	 * @param types the simple names of the records that it receives
	 * @param destination passes events on
	 * @param settings how it is run
	 * @return the handler
	 * @throws HandlerFilterException if its filter cannot be used
	 */
	public static RegisteredHandler ofDestination(String id, String type, Set<String> types, Destination destination,
			HandlerSettings settings) {
		HandlerFilter filter = filter(id, settings);
		return new RegisteredHandler(id, type, types, new DestinationAdapter(destination),
				settings.withFilter(filter.patterns()), filter);
	}

	/**
	 * Returns how long a call may take before it is interrupted. A destination has some
	 * time more than its timeout, so that its own error is told, which says more.
	 * @return the time
	 */
	public Duration timeout() {
		Duration timeout = this.settings.timeout();
		return (this.handler instanceof DestinationAdapter) ? timeout.plus(TIME_TO_TELL) : timeout;
	}

	/**
	 * Returns what the inbox has to know of the handler.
	 * @return its types, its order and its filter
	 */
	public Subscription subscription() {
		return new Subscription(this.id, this.types, this.settings.ordering() == HandlerSettings.Ordering.KEY,
				this.filter);
	}

	/**
	 * Returns how long events wait for others, to be handled together.
	 * @return the limits, or {@code null} if each event is handled alone
	 */
	public @Nullable BurstLimits bursts() {
		return (this.handler instanceof BurstAdapter)
				? new BurstLimits(this.settings.quiet(), this.settings.maxWait(), this.settings.maxEvents()) : null;
	}

	/**
	 * Calls the handler.
	 * @param events the events of a burst, or a single event
	 * @param delivery what is known of the delivery of the first event
	 * @param due the delivery of the first event as it is stored
	 * @return what another system answered to which the event was passed on, or
	 * {@code null} if the handler is no destination
	 * @throws Exception if the handler fails
	 */
	public @Nullable String handle(List<Event> events, Delivery delivery, DueDelivery due) throws Exception {
		if (this.handler instanceof DestinationAdapter adapter) {
			Event event = events.get(0);
			return adapter.destination()
				.send(new OutgoingEvent(due.eventId(), event.getClass().getSimpleName(), event, due.body(), delivery));
		}
		if (this.handler instanceof BurstAdapter bursts) {
			bursts.handle(events, delivery);
		}
		else {
			this.handler.handle(events.get(0), delivery);
		}
		return null;
	}

	private static Set<String> types(Class<?> eventType) {
		Set<String> names = new LinkedHashSet<>();
		collect(eventType, names);
		return names;
	}

	private static void collect(Class<?> type, Set<String> names) {
		if (!type.isSealed()) {
			names.add(type.getSimpleName());
			return;
		}
		for (Class<?> permitted : type.getPermittedSubclasses()) {
			collect(permitted, names);
		}
	}

}
