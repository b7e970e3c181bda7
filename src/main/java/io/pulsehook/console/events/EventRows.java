package io.pulsehook.console.events;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.pulsehook.console.event.EventSummary;
import io.pulsehook.console.format.ContactLink;
import io.pulsehook.console.format.Labels;
import io.pulsehook.console.format.Times.Time;
import io.pulsehook.event.EventReader;
import io.pulsehook.inbox.model.EventKind;
import io.pulsehook.inbox.query.BodyBatch;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.StoredEvent;
import io.pulsehook.inbox.query.StoredEvents;

/**
 * Turns events into rows of a list, each with one line of its text.
 */
public final class EventRows {

	/**
	 * When so many bytes of larger bodies have been read, a list shows no text for
	 * further ones: reading them would be slow for one line each.
	 */
	private static final int LARGE_BYTES = 8 * 1024 * 1024;

	private static final String TOO_LARGE = "Too large to be shown in a list";

	private static final int LONGEST_TEXT = 160;

	private final StoredEvents events;

	private final EventReader reader;

	private final InstantSource clock;

	public EventRows(StoredEvents events, EventReader reader, InstantSource clock) {
		this.events = events;
		this.reader = reader;
		this.clock = clock;
	}

	public List<EventRow> newest(int limit) {
		return of(this.events.page(EventFilter.ALL, null, limit).events());
	}

	public List<EventRow> of(List<StoredEvent> events) {
		BodyBatch bodies = this.events.bodies(events.stream().map(StoredEvent::id).toList());
		Instant now = this.clock.instant();
		List<EventRow> rows = new ArrayList<>();
		long large = 0;
		for (StoredEvent event : events) {
			boolean atHand = bodies.isAtHand(event.id());
			byte[] body = (atHand || large < LARGE_BYTES) ? bodies.of(event.id()).orElse(null) : null;
			large += (body != null && !atHand) ? body.length : 0;
			rows.add(row(event, body, now));
		}
		return rows;
	}

	private EventRow row(StoredEvent stored, byte @Nullable [] body, Instant now) {
		EventSummary summary = summary(stored, body);
		return new EventRow(stored.id(), stored.type(), Labels.type(stored.type()), stored.status().code(),
				(stored.kind() == EventKind.CHATBOT) ? Labels.service(stored.type(), stored.service()) : "",
				stored.source(), summary.who(), cut(summary.text()), Time.of(stored.receivedAt(), now),
				stored.duplicates(), ContactLink.ofNullable(stored.contact()));
	}

	private EventSummary summary(StoredEvent stored, byte @Nullable [] body) {
		if (stored.reason() != null || stored.kind() == EventKind.ALERT) {
			return new EventSummary(null, Objects.requireNonNullElse(stored.reason(), ""));
		}
		return (body != null) ? EventSummary.of(this.reader.read(body, stored.type()))
				: new EventSummary(null, TOO_LARGE);
	}

	private static String cut(String text) {
		return (text.length() > LONGEST_TEXT) ? text.substring(0, LONGEST_TEXT) + "…" : text;
	}

	/**
	 * An event in a list.
	 *
	 * @param id its id
	 * @param type the simple name of its record
	 * @param label the name of the type on the page
	 * @param status its status
	 * @param service the name of the platform, empty where there is none
	 * @param source the source
	 * @param who whom it is about
	 * @param text one line of its text
	 * @param received when it was received
	 * @param duplicates how often it was received again
	 * @param contact the address of the contact's page within the console, or
	 * {@code null} if the event names no contact
	 */
	public record EventRow(long id, String type, String label, String status, String service, String source,
			@Nullable String who, String text, Time received, int duplicates, @Nullable String contact) {

	}

}
