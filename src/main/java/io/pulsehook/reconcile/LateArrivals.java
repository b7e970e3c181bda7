package io.pulsehook.reconcile;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.pulsehook.event.EventReader;
import io.pulsehook.event.MessageEvent;
import io.pulsehook.inbox.reconciliation.ContactMessages;
import io.pulsehook.inbox.reconciliation.StoredMessage;
import io.pulsehook.inbox.reconciliation.StoredMissing;

/**
 * Finds messages that were missing when they were compared, and have arrived since.
 */
final class LateArrivals {

	private final ContactMessages messages;

	private final EventReader reader;

	LateArrivals(ContactMessages messages, EventReader reader) {
		this.messages = messages;
		this.reader = reader;
	}

	/**
	 * Puts the messages of each contact together.
	 * @param found messages in the order of their contacts
	 */
	static Collection<List<StoredMissing>> byContact(List<StoredMissing> found) {
		return found.stream()
			.collect(Collectors.groupingBy(StoredMissing::contact, LinkedHashMap::new, Collectors.toList()))
			.values();
	}

	/**
	 * Finds those of a contact's messages that have arrived.
	 * @param found all messages of the contact that a reconciliation has found
	 * @return the ids of their events by the ids of the messages, of those that are not
	 * marked as stored
	 */
	Map<Long, Long> of(List<StoredMissing> found) {
		List<StoredMessage> received = received(found);
		Map<Long, Long> events = sameBytes(found, received);
		List<StoredMissing> rows = found.stream()
			.filter((message) -> message.event() == null && !events.containsKey(message.id()))
			.toList();
		List<StoredMessage> others = received.stream()
			.filter((message) -> !events.containsValue(message.event()))
			.toList();
		long comparedTo = rows.stream().mapToLong(StoredMissing::comparedTo).max().orElse(0);
		int[] places = Matcher.match(rows.stream().map(this::traits).toList(),
				others.stream().map(this::traits).toList(), (place) -> others.get(place).event() > comparedTo);
		for (int i = 0; i < places.length; i++) {
			if (places[i] != Matcher.NONE) {
				events.put(rows.get(i).id(), others.get(places[i]).event());
			}
		}
		return events;
	}

	// Leaves out the events that other messages were stored as, and what was not written
	// by the contact.
	private List<StoredMessage> received(List<StoredMissing> found) {
		Set<Long> taken = found.stream()
			.map(StoredMissing::event)
			.filter(Objects::nonNull)
			.collect(Collectors.toCollection(HashSet::new));
		Instant first = found.get(0).at();
		Instant last = found.get(found.size() - 1).at();
		Instant from = first.minus(Matcher.TOLERANCE);
		return this.messages
			.of(found.get(0).contact(), this.messages.firstSince(from), from, last.plus(Matcher.TOLERANCE))
			.stream()
			.filter((message) -> !taken.contains(message.event()) && isFromContact(message))
			.toList();
	}

	private boolean isFromContact(StoredMessage message) {
		MessageEvent event = ChatRow.event(new String(message.body(), StandardCharsets.UTF_8), this.reader);
		return event != null && !event.isEcho();
	}

	// What was stored here is recognised by its bytes, also where others are alike.
	private static Map<Long, Long> sameBytes(List<StoredMissing> found, List<StoredMessage> received) {
		Map<String, Long> events = new HashMap<>();
		received.forEach((message) -> events.put(new String(message.body(), StandardCharsets.UTF_8), message.event()));
		Map<Long, Long> same = new HashMap<>();
		for (StoredMissing message : found) {
			Long event = events.get(message.body());
			if (message.event() == null && event != null) {
				same.put(message.id(), event);
			}
		}
		return same;
	}

	private Traits traits(StoredMissing message) {
		return Traits.of(event(message.body()), message.at(), false);
	}

	private Traits traits(StoredMessage message) {
		return Traits.of(event(new String(message.body(), StandardCharsets.UTF_8)), message.at(), false);
	}

	private MessageEvent event(String body) {
		return Objects.requireNonNull(ChatRow.event(body, this.reader), "Only messages are compared.");
	}

}
