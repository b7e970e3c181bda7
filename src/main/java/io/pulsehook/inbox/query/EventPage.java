package io.pulsehook.inbox.query;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A page of events.
 *
 * @param events the events, possibly none although there is a next page
 * @param next the id beyond which the next page begins, or {@code null} at the end
 */
public record EventPage(List<StoredEvent> events, @Nullable Long next) {

	/**
	 * Removes the events that are newer than a given one, from a page that lists the
	 * oldest first.
	 * @param last the event's id
	 * @return the page, without a next one if that would have only newer events
	 */
	public EventPage upTo(long last) {
		return new EventPage(this.events.stream().filter((event) -> event.id() <= last).toList(),
				(this.next != null && this.next < last) ? this.next : null);
	}

}
