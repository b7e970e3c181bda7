package io.pulsehook.console.contacts;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.pulsehook.console.format.Times.Time;
import io.pulsehook.event.EventReader;
import io.pulsehook.inbox.query.BodyBatch;
import io.pulsehook.inbox.query.StoredEvent;
import io.pulsehook.inbox.query.StoredEvents;

/**
 * Reads a conversation from the events of a contact.
 */
final class Conversation {

	private final StoredEvents events;

	private final EventReader reader;

	Conversation(StoredEvents events, EventReader reader) {
		this.events = events;
		this.reader = reader;
	}

	/**
	 * Reads what the events say. Within a second they are in the order of their receipt,
	 * since some events tell their time in seconds and others in milliseconds.
	 * @param stored the events
	 * @param now the time from which is counted how long ago something was
	 * @return what was said and happened, the earliest first
	 */
	List<Said> of(List<StoredEvent> stored, Instant now) {
		BodyBatch bodies = this.events.bodies(stored.stream().map(StoredEvent::id).toList());
		return stored.stream()
			.sorted(Comparator.comparingLong((StoredEvent event) -> event.occurredAt().getEpochSecond())
				.thenComparingLong(StoredEvent::id))
			.flatMap((event) -> said(event, bodies, now))
			.toList();
	}

	private Stream<Said> said(StoredEvent event, BodyBatch bodies, Instant now) {
		return bodies.of(event.id())
			.map((body) -> Said.of(event, this.reader.read(body, event.type()), Time.of(event.occurredAt(), now)))
			.stream();
	}

}
