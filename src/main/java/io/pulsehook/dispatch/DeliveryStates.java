package io.pulsehook.dispatch;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.pulsehook.dispatch.handler.Handlers;
import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.dispatch.lane.RunningDelivery;
import io.pulsehook.event.Event;
import io.pulsehook.event.filter.EventFacts;
import io.pulsehook.event.filter.HandlerFilter;
import io.pulsehook.inbox.Subscribers;
import io.pulsehook.inbox.model.BurstLimits;
import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.query.StoredDelivery;
import io.pulsehook.inbox.query.StoredEvent;

/**
 * Tells the states of deliveries that are not stored in the database: running, hung, and
 * orphaned because no process has the handler.
 */
public class DeliveryStates {

	private final Subscribers subscribers;

	private final Handlers handlers;

	private final Dispatcher dispatcher;

	/**
	 * Creates the states.
	 * @param subscribers knows the handlers of all replicas
	 * @param handlers the handlers of this process
	 * @param dispatcher knows what runs
	 */
	public DeliveryStates(Subscribers subscribers, Handlers handlers, Dispatcher dispatcher) {
		this.subscribers = subscribers;
		this.handlers = handlers;
		this.dispatcher = dispatcher;
	}

	/**
	 * Lists the handlers of this process.
	 * @return the handlers in the order of their registration
	 */
	public Collection<RegisteredHandler> handlers() {
		return this.handlers.all();
	}

	/**
	 * Lists what the handlers of all processes take.
	 * @return each handler once
	 */
	public List<Subscription> subscriptions() {
		return this.subscribers.all();
	}

	/**
	 * Tells how long events wait for others, to be handled together by a handler of this
	 * process.
	 * @param handler the handler's id
	 * @return the limits, or {@code null} if the handler gets each event alone, or this
	 * process does not have it
	 */
	public @Nullable BurstLimits bursts(String handler) {
		return handlers().stream()
			.filter((known) -> known.id().equals(handler))
			.map(RegisteredHandler::bursts)
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	/**
	 * Describes which events of its types a handler takes.
	 * @param handler the handler's id
	 * @return its filter, those of several processes if they differ, or an empty text if
	 * it takes all
	 */
	public String filter(String handler) {
		return subscriptions().stream()
			.filter((known) -> known.handler().equals(handler))
			.flatMap((known) -> known.filters().stream())
			.map(HandlerFilter::toString)
			.collect(Collectors.joining("; or "));
	}

	/**
	 * Lists the handlers whose filter has kept an event away.
	 * @param stored the event
	 * @param event the same event, bound again
	 * @param deliveries its deliveries
	 * @return the ids of handlers that are alive, take its type, do not match it by any
	 * filter, and have no delivery of it
	 */
	public List<String> keptAway(StoredEvent stored, Event event, List<StoredDelivery> deliveries) {
		Set<String> present = deliveries.stream().map(StoredDelivery::handler).collect(Collectors.toSet());
		EventFacts facts = EventFacts.of(stored.source(), event);
		return this.subscribers.to(stored.type(), stored.title())
			.stream()
			.filter((known) -> !known.wants(facts) && !present.contains(known.handler()))
			.map(Subscription::handler)
			.sorted()
			.toList();
	}

	/**
	 * Lists the deliveries that handlers of this process are working on.
	 * @return a snapshot
	 */
	public Collection<RunningDelivery> running() {
		return this.dispatcher.running();
	}

	/**
	 * Takes a snapshot, by which a page shows all of its deliveries at the same moment.
	 * @return a snapshot
	 */
	public Snapshot snapshot() {
		Set<String> alive = new HashSet<>();
		Map<String, Integer> maxRetries = new HashMap<>();
		handlers().forEach((handler) -> {
			alive.add(handler.id());
			maxRetries.put(handler.id(), handler.settings().maxRetries());
		});
		subscriptions().forEach((known) -> alive.add(known.handler()));
		Map<String, Map<Long, RunningDelivery>> running = new HashMap<>();
		running().forEach((delivery) -> running.computeIfAbsent(delivery.handler(), (handler) -> new HashMap<>())
			.put(delivery.eventId(), delivery));
		return new Snapshot(alive, maxRetries, running);
	}

	/**
	 * Whether a process has the handler, this one or another.
	 * @param handler the handler's id
	 * @return {@code true} if so
	 */
	public boolean isAlive(String handler) {
		return isHere(handler) || elsewhere().stream().anyMatch((known) -> known.handler().equals(handler));
	}

	private boolean isHere(String handler) {
		return handlers().stream().anyMatch((known) -> known.id().equals(handler));
	}

	/**
	 * Lists the handlers that only other processes have.
	 * @return what they take
	 */
	public List<Subscription> elsewhere() {
		return subscriptions().stream().filter((known) -> !isHere(known.handler())).toList();
	}

	/**
	 * The states at one moment.
	 */
	public static final class Snapshot {

		private final Set<String> alive;

		private final Map<String, Integer> maxRetries;

		private final Map<String, Map<Long, RunningDelivery>> running;

		private Snapshot(Set<String> alive, Map<String, Integer> maxRetries,
				Map<String, Map<Long, RunningDelivery>> running) {
			this.alive = alive;
			this.maxRetries = maxRetries;
			this.running = running;
		}

		/**
		 * Tells the status of a delivery that the operator is shown.
		 * @param delivery the delivery as it is stored
		 * @return its stored status, or running, hung or orphaned
		 */
		public DeliveryStatus of(StoredDelivery delivery) {
			if (delivery.status().isFinished()) {
				return delivery.status();
			}
			if (!isAlive(delivery.handler())) {
				return DeliveryStatus.ORPHANED;
			}
			RunningDelivery running = this.running.getOrDefault(delivery.handler(), Map.of())
				.get((delivery.burst() != null) ? delivery.burst() : Long.valueOf(delivery.eventId()));
			if (running == null) {
				return delivery.atHand() ? DeliveryStatus.RUNNING : delivery.status();
			}
			return running.hung() ? DeliveryStatus.HUNG : DeliveryStatus.RUNNING;
		}

		/**
		 * Whether a process has the handler, this one or another.
		 * @param handler the handler's id
		 * @return {@code true} if so
		 */
		public boolean isAlive(String handler) {
			return this.alive.contains(handler);
		}

		/**
		 * Returns how often a failed delivery to a handler is tried again at most.
		 * @param handler the handler's id
		 * @return the number, or {@code null} if this process does not have the handler
		 */
		public @Nullable Integer maxRetries(String handler) {
			return this.maxRetries.get(handler);
		}

	}

}
