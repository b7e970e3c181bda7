package io.pulsehook.console.event;

import java.util.List;

import io.pulsehook.console.frame.NotFoundException;
import io.pulsehook.event.Event;
import io.pulsehook.event.EventReader;
import io.pulsehook.event.UnrecognizedEvent;
import io.pulsehook.inbox.model.Ids;
import io.pulsehook.inbox.query.StoredDelivery;
import io.pulsehook.inbox.query.StoredEvent;
import io.pulsehook.inbox.query.StoredEvents;
import io.pulsehook.inbox.query.StoredStep;

/**
 * Finds the event that an address names, and what belongs to it.
 */
public final class EventLookup {

	private final StoredEvents events;

	private final EventReader reader;

	public EventLookup(StoredEvents events, EventReader reader) {
		this.events = events;
		this.reader = reader;
	}

	/**
	 * Finds an event and binds it again.
	 * @param id its id as the address has it
	 * @return the event
	 * @throws NotFoundException if there is none, for which a page is shown
	 */
	public FoundEvent find(String id) {
		StoredEvent stored = Ids.parse(id)
			.flatMap(this.events::find)
			.orElseThrow(() -> new NotFoundException("event", id));
		byte[] body = this.events.body(stored.id()).orElseThrow(() -> new NotFoundException("event", id));
		return new FoundEvent(stored, body, bind(stored, body));
	}

	/**
	 * Lists the deliveries of an event.
	 * @param id the event's id
	 * @return one for each handler that takes it
	 */
	public List<StoredDelivery> deliveries(long id) {
		return this.events.deliveries(id);
	}

	/**
	 * Lists the steps of an event's deliveries.
	 * @param id the event's id
	 * @return those of each handler and run
	 */
	public List<StoredStep> steps(long id) {
		return this.events.steps(id);
	}

	/**
	 * Writes an event the way handlers see it.
	 * @param event the event
	 * @return its JSON
	 */
	public String toJson(Event event) {
		return this.reader.toJson(event).toString();
	}

	private Event bind(StoredEvent stored, byte[] body) {
		return (stored.reason() != null) ? new UnrecognizedEvent(stored.reason())
				: this.reader.read(body, stored.type());
	}

}
