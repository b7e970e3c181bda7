package io.pulsehook.reconcile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a reconciliation could not compare. It is stored with it as JSON, so that the next
 * one tries again.
 *
 * @param contacts since when, in milliseconds since 1970, the messages of contacts are
 * not compared that SendPulse did not show, by the hashes of the contacts' ids, which may
 * be kept when a contact is erased
 * @param others how many more contacts there are, whom nobody remembers
 * @param messages how many messages have no time that can be read, nor an id that is
 * known
 */
record NotCompared(Map<String, Long> contacts, long others, long messages) {

	static final NotCompared NOTHING = new NotCompared(Map.of(), 0, 0);

	/** How many contacts are remembered, since they are stored with each step. */
	private static final int REMEMBERED = 100;

	NotCompared with(Chat chat, Instant since) {
		if (this.contacts.size() >= REMEMBERED) {
			return new NotCompared(this.contacts, this.others + 1, this.messages);
		}
		Map<String, Long> more = new LinkedHashMap<>(this.contacts);
		more.put(chat.key(), since.toEpochMilli());
		return new NotCompared(more, this.others, this.messages);
	}

	NotCompared withMessages(long more) {
		return new NotCompared(this.contacts, this.others, this.messages + more);
	}

	/** Returns how many contacts were not compared. */
	long contactCount() {
		return this.contacts.size() + this.others;
	}

	/** Tells whether the next one will not know all who have to be compared again. */
	boolean forgetsSome() {
		return this.others > 0;
	}

	/**
	 * Says it in words.
	 * @param scheduled whether the schedule began the reconciliation, so that the next
	 * one tries again
	 * @return the words, or {@code null} if there is nothing to say
	 */
	@Nullable String text(boolean scheduled) {
		List<String> sentences = new ArrayList<>();
		if (contactCount() > 0) {
			String again = scheduled ? "The next reconciliation tries again." : "Reconcile again to try once more.";
			sentences.add("SendPulse did not show the messages of %s, so that nobody knows whether any are missing. %s"
				.formatted(number(contactCount(), "contact"), again));
		}
		if (this.messages > 0) {
			sentences.add("%s no time that can be read, so that nobody knows whether %s.".formatted(
					number(this.messages, "message") + ((this.messages == 1) ? " has" : " have"),
					(this.messages == 1) ? "it is missing" : "they are missing"));
		}
		return sentences.isEmpty() ? null : String.join(" ", sentences);
	}

	private static String number(long count, String thing) {
		return count + " " + thing + ((count == 1) ? "" : "s");
	}

}
