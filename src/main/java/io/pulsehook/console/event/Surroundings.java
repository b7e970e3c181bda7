package io.pulsehook.console.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.pulsehook.console.format.Labels;
import io.pulsehook.console.format.Times.Time;
import io.pulsehook.event.EventReader;
import io.pulsehook.event.PaymentOrder;
import io.pulsehook.inbox.model.EventKind;
import io.pulsehook.inbox.query.ContactEvents.Neighbours;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.StoredEvent;
import io.pulsehook.inbox.query.StoredEvents;

/**
 * Finds what else there is of an event's contact and order.
 */
public final class Surroundings {

	/** How many payments of a contact are looked through for those of an order. */
	private static final int MOST_PAYMENTS = 100;

	private static final int LARGEST_BODY = 64 * 1024;

	private final StoredEvents events;

	private final EventReader reader;

	public Surroundings(StoredEvents events, EventReader reader) {
		this.events = events;
		this.reader = reader;
	}

	/**
	 * Finds the events of the same contact before and behind this one.
	 * @param event the event
	 * @return their ids, each {@code null} if there is none
	 */
	public Neighbours neighbours(StoredEvent event) {
		return (event.contact() != null) ? this.events.ofContact(event.contact()).neighbours(event.id())
				: Neighbours.NONE;
	}

	private static EventFilter ofContact(StoredEvent event) {
		return EventFilter.builder().contact(event.contact()).build();
	}

	/**
	 * Lists the states of a payment's order that are known from its contact's latest
	 * payments.
	 * @param found the event of one of its states
	 * @param now the present
	 * @return the states, latest first; none if the event is no payment or has no contact
	 */
	public List<OrderState> history(FoundEvent found, Instant now) {
		if (!(found.event() instanceof PaymentOrder order) || found.stored().contact() == null) {
			return List.of();
		}
		List<StoredEvent> payments = this.events
			.page(ofContact(found.stored()).toBuilder().kind(EventKind.PAYMENT).build(), null, MOST_PAYMENTS)
			.events();
		Map<Long, byte[]> bodies = this.events.bodies(payments.stream().map(StoredEvent::id).toList(), LARGEST_BODY);
		return payments.stream().flatMap((stored) -> {
			byte[] body = bodies.get(stored.id());
			return (body != null) ? state(stored, body, order.id(), now) : Stream.empty();
		}).toList();
	}

	private Stream<OrderState> state(StoredEvent stored, byte[] body, String id, Instant now) {
		if (!(this.reader.read(body, stored.type()) instanceof PaymentOrder order) || !order.id().equals(id)) {
			return Stream.empty();
		}
		return Stream.of(new OrderState(stored.id(), Labels.payment(order.status(), order.statusCode()),
				Objects.requireNonNullElse(EventSummary.cost(order), ""), Time.of(stored.occurredAt(), now)));
	}

	/**
	 * A state of an order.
	 *
	 * @param event the id of the event that told it
	 * @param status the status of the payment
	 * @param cost the sum, empty without a usable one
	 * @param at when the order came to it
	 */
	public record OrderState(long event, String status, String cost, Time at) {

	}

}
