package io.pulsehook.sendpulse;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * Reads what SendPulse has about a contact.
 */
final class ContactReads {

	/** SendPulse's own order is not documented. */
	private static final String NEWEST_FIRST = "desc";

	private ContactReads() {
	}

	static ContactDetails contact(ContactSteps contact) {
		JsonNode data = contact.read("contact", (api) -> api.contact(contact.contact())).data();
		if (!data.isObject()) {
			throw unreadable("contact");
		}
		return ContactDetails.read(data, contact.contact());
	}

	static List<HistoryMessage> history(ContactSteps contact, int size) {
		JsonNode data = contact
			.read("history", (api) -> api.messages(contact.contact(), size, null, null, NEWEST_FIRST))
			.data();
		if (!data.isArray() && !data.isNull()) {
			throw unreadable("history");
		}
		List<HistoryMessage> messages = new ArrayList<>();
		data.forEach((row) -> messages.add(HistoryMessage.read(row)));
		return List.copyOf(messages);
	}

	private static SendPulseException unreadable(String operation) {
		return new SendPulseException("SendPulse answered '" + operation + "' with something else than it documents.",
				null);
	}

}
