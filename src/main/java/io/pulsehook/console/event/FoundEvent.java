package io.pulsehook.console.event;

import io.pulsehook.event.Event;
import io.pulsehook.inbox.query.StoredEvent;

/**
 * An event that a page shows.
 *
 * @param stored what the database knows of it
 * @param body its bytes as they were received
 * @param event the event that handlers see
 */
public record FoundEvent(StoredEvent stored, byte[] body, Event event) {

	public long id() {
		return this.stored.id();
	}

}
