package io.pulsehook.receive;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.pulsehook.event.Channel;
import io.pulsehook.event.ChatbotEvent;
import io.pulsehook.event.Event;
import io.pulsehook.event.PaymentOrder;
import io.pulsehook.event.UnrecognizedEvent;
import io.pulsehook.event.filter.EventFacts;
import io.pulsehook.inbox.model.Columns;
import io.pulsehook.inbox.model.EventKind;
import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.model.NewEvent.Identity;

/**
 * Collects the events of one body in the form in which the inbox stores them.
 */
final class NewEvents {

	private final String source;

	private final boolean filteredByMessage;

	private final Identities identities;

	private final List<NewEvent> events = new ArrayList<>();

	/**
	 * Prepares the events of a body.
	 * @param source the name of the source whose events they are
	 * @param body the body
	 * @param filteredByMessage whether filters ask what has to be looked up in a message
	 */
	NewEvents(String source, byte[] body, boolean filteredByMessage) {
		this.source = source;
		this.filteredByMessage = filteredByMessage;
		this.identities = new Identities(source, body);
	}

	void add(Event event, byte[] element) {
		Identity identity = this.identities.of(event, element, this.events.size());
		if (event instanceof ChatbotEvent chatbot) {
			this.events.add(chatbot(chatbot, identity, element));
		}
		else if (event instanceof PaymentOrder payment) {
			this.events.add(payment(payment, identity, element));
		}
		else if (event instanceof UnrecognizedEvent unrecognized) {
			this.events.add(unrecognized(unrecognized, identity, element));
		}
	}

	private NewEvent chatbot(ChatbotEvent event, Identity identity, byte[] element) {
		String bot = (event.bot() != null) ? event.bot().id() : null;
		String contact = (event.contact() != null) ? event.contact().id() : null;
		return new NewEvent(this.source, EventKind.CHATBOT, type(event), Columns.safe(event.title()),
				Columns.safe(service(event)), Columns.safe(bot), Columns.safe(contact), orderingKey(bot, contact),
				identity, event.occurredAt(), null, element, 0,
				EventFacts.of(this.source, event, this.filteredByMessage));
	}

	private NewEvent payment(PaymentOrder event, Identity identity, byte[] element) {
		return new NewEvent(this.source, EventKind.PAYMENT, type(event), null, Columns.safe(event.serviceCode()), null,
				Columns.safe(event.contactId()), orderingKey(event.id()), identity, event.occurredAt(), null, element,
				OrderStates.rank(event.status()), EventFacts.of(this.source, event));
	}

	private NewEvent unrecognized(UnrecognizedEvent event, Identity identity, byte[] element) {
		return new NewEvent(this.source, EventKind.UNRECOGNIZED, type(event), null, null, null, null, null, identity,
				event.occurredAt(), Columns.safe(event.reason()), element, 0, EventFacts.of(this.source, event));
	}

	// A platform that is known is stored under one code, however it was spelled, so that
	// a filter finds all of its events.
	private static @Nullable String service(ChatbotEvent event) {
		return (event.service() != Channel.UNKNOWN) ? event.service().code() : event.serviceCode();
	}

	private static String type(Event event) {
		return event.getClass().getSimpleName();
	}

	// A contact is a person of one bot. Events that name no bot share a key for each
	// contact.
	private @Nullable Long orderingKey(@Nullable String bot, @Nullable String contact) {
		if (contact == null) {
			return null;
		}
		return key(new Sha256().add("contact").add(this.source).add((bot != null) ? bot : "").add(contact));
	}

	private long orderingKey(String order) {
		return key(new Sha256().add("order").add(this.source).add(order));
	}

	private static long key(Sha256 digest) {
		return ByteBuffer.wrap(digest.bytes()).getLong();
	}

	List<NewEvent> toList() {
		return List.copyOf(this.events);
	}

}
