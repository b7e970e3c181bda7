package io.pulsehook.test.sendpulse;

import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The contacts of the account. Every contact is known, until a test says otherwise.
 */
final class Contacts {

	private final Map<String, FakeContact> contacts = new ConcurrentHashMap<>();

	FakeContact get(String id) {
		return this.contacts.computeIfAbsent(id, FakeContact::new);
	}

	Stream<FakeContact> all() {
		return this.contacts.values().stream().sorted(Comparator.comparing(FakeContact::id));
	}

	/**
	 * Returns the contacts with a conversation, in no order.
	 */
	Stream<FakeContact> withMessages() {
		return this.contacts.values().stream().filter((contact) -> !contact.messages().isEmpty());
	}

	void clear() {
		this.contacts.clear();
	}

}
