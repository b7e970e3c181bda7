package io.pulsehook.console.contacts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.pulsehook.event.EventReader;
import io.pulsehook.event.UnrecognizedEvent;
import io.pulsehook.inbox.model.Columns;
import io.pulsehook.inbox.model.EventKind;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.EventPage;
import io.pulsehook.inbox.query.StoredEvent;
import io.pulsehook.inbox.query.StoredEvents;

/**
 * Finds the events of a contact, and who it is.
 */
final class Contacts {

	private static final int LIMIT = 50;

	private final StoredEvents events;

	private final EventReader reader;

	Contacts(StoredEvents events, EventReader reader) {
		this.events = events;
		this.reader = reader;
	}

	/**
	 * Lists events of a contact, newest first. A page has events unless there are no
	 * more.
	 * @param contact the contact's id
	 * @param before the id before which to begin, or {@code null} for the newest
	 * @return the page
	 */
	EventPage page(String contact, @Nullable Long before) {
		EventFilter filter = filter(contact).build();
		EventPage page = this.events.page(filter, before, LIMIT);
		while (page.events().isEmpty() && page.next() != null) {
			page = this.events.page(filter, page.next(), LIMIT);
		}
		return page;
	}

	/**
	 * Finds out who a contact is.
	 * @param contact the contact's id
	 * @param now the time from which is counted how long ago something was
	 * @return who it is, unless it has no events
	 */
	Optional<Profile> profile(String contact, Instant now) {
		List<StoredEvent> newest = page(contact, null).events();
		return newest.stream().findFirst().map((first) -> {
			StoredEvent telling = telling(contact, newest);
			byte[] body = this.events.body(telling.id()).orElse(null);
			return Profile.of(contact, telling, (body != null) ? this.reader.read(body, telling.type())
					: new UnrecognizedEvent("It has been deleted meanwhile"), first, now);
		});
	}

	// Finds the newest event of a chatbot, since payments tell little about a contact.
	private StoredEvent telling(String contact, List<StoredEvent> newest) {
		return newest.stream()
			.filter((event) -> event.kind() == EventKind.CHATBOT)
			.findFirst()
			.or(() -> this.events.page(filter(contact).kind(EventKind.CHATBOT).build(), null, 1)
				.events()
				.stream()
				.findFirst())
			.orElse(newest.get(0));
	}

	private static EventFilter.Builder filter(String contact) {
		return EventFilter.builder().contact(Columns.safe(contact));
	}

}
