package io.pulsehook.reconcile;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * How far back each chat is compared.
 *
 * @param from the beginning of the window: how far back most chats are
 * @param again how far back those are that the last reconciliation could not compare, by
 * the hashes of their contacts' ids
 */
record Lookback(Instant from, Map<String, Instant> again) {

	/**
	 * Finds out how far back chats are compared.
	 * @param from the beginning of the window
	 * @param left what the last reconciliation could not compare
	 * @param limit the time before which nothing is compared any more
	 */
	static Lookback of(Instant from, NotCompared left, Instant limit) {
		Map<String, Instant> again = new HashMap<>();
		left.contacts().forEach((contact, since) -> {
			Instant time = Instant.ofEpochMilli(Math.max(since, limit.toEpochMilli()));
			if (time.isBefore(from)) {
				again.put(contact, time);
			}
		});
		return new Lookback(from, Map.copyOf(again));
	}

	/** Returns how far back a chat is compared. */
	Instant of(Chat chat) {
		return this.again.getOrDefault(chat.key(), this.from);
	}

	/** Returns how far back the chat is compared that is compared farthest. */
	Instant earliest() {
		return this.again.values().stream().min(Comparator.naturalOrder()).orElse(this.from);
	}

}
