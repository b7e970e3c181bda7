package io.pulsehook.console.events;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.pulsehook.console.format.Labels;
import io.pulsehook.console.format.Money;
import io.pulsehook.console.format.Times.Time;
import io.pulsehook.event.ChatbotEvent;
import io.pulsehook.event.Contact;
import io.pulsehook.event.Event;
import io.pulsehook.event.EventReader;
import io.pulsehook.event.FailedDelivery;
import io.pulsehook.event.FlowWebhook;
import io.pulsehook.event.MessageEvent;
import io.pulsehook.event.PaymentOrder;
import io.pulsehook.inbox.model.EventKind;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.StoredEvent;
import io.pulsehook.inbox.query.StoredEvents;

/**
 * Turns events into rows of a list, each with one line of its text.
 */
public final class EventRows {

	/**
	 * A list shows no text for larger bodies: reading them would be slow for one line.
	 */
	private static final int LARGEST_BODY = 64 * 1024;

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
		Map<Long, byte[]> bodies = this.events.bodies(events.stream().map(StoredEvent::id).toList(), LARGEST_BODY);
		Instant now = this.clock.instant();
		return events.stream().map((event) -> row(event, bodies.get(event.id()), now)).toList();
	}

	private EventRow row(StoredEvent stored, byte @Nullable [] body, Instant now) {
		boolean readable = stored.reason() == null && stored.kind() != EventKind.ALERT;
		Event event = (body != null && readable) ? this.reader.read(body, stored.type()) : null;
		String text = (stored.reason() != null) ? stored.reason() : text(event);
		return new EventRow(stored.id(), stored.type(), Labels.type(stored.type()), stored.status().code(),
				(stored.kind() == EventKind.CHATBOT) ? Labels.service(stored.type(), stored.service()) : "",
				stored.source(), who(event), cut(text), Time.of(stored.receivedAt(), now), stored.duplicates());
	}

	private static @Nullable String who(@Nullable Event event) {
		if (event instanceof PaymentOrder order) {
			return order.customerName();
		}
		Contact contact = (event instanceof ChatbotEvent chatbot) ? chatbot.contact() : null;
		if (contact == null) {
			return null;
		}
		return Stream.of(contact.name(), contact.username(), contact.phone(), contact.email(), contact.id())
			.filter((name) -> name != null && !name.isBlank())
			.findFirst()
			.orElse(null);
	}

	private static String text(@Nullable Event event) {
		if (event instanceof PaymentOrder order) {
			String cost = (order.totalCost() != null) ? Money.of(order.totalCost(), order.currency()) : "";
			return Stream
				.of(Labels.words(order.status().name()), cost, order.description(), order.isTest() ? "test" : null)
				.filter((part) -> part != null && !part.isEmpty())
				.collect(Collectors.joining(" · "));
		}
		if (event instanceof MessageEvent message) {
			return text(message);
		}
		if (event instanceof FailedDelivery failure) {
			return text(failure);
		}
		return (event instanceof FlowWebhook flow) ? flow.title() : "";
	}

	private static String text(MessageEvent message) {
		String text = message.text();
		if (text != null && !text.isBlank()) {
			return text;
		}
		return message.attachments()
			.stream()
			.map((attachment) -> Labels.words(attachment.type().name()))
			.collect(Collectors.joining(", "));
	}

	private static String text(FailedDelivery failure) {
		return Stream.of(failure.errorCode(), failure.errorMessage())
			.filter((part) -> part != null && !part.isBlank())
			.collect(Collectors.joining(" · "));
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
	 */
	public record EventRow(long id, String type, String label, String status, String service, String source,
			@Nullable String who, String text, Time received, int duplicates) {

	}

}
