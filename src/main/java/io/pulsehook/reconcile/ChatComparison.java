package io.pulsehook.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.pulsehook.event.MessageEvent;
import io.pulsehook.inbox.reconciliation.ContactMessages;
import io.pulsehook.inbox.reconciliation.StoredMessage;
import io.pulsehook.inbox.reconciliation.StoredMissing;
import io.pulsehook.inbox.reconciliation.StoredReconciliation;
import io.pulsehook.sendpulse.HistoryMessage;
import io.pulsehook.sendpulse.UnknownContactException;

/**
 * Compares single chats: what SendPulse has of one with what was received of it.
 */
final class ChatComparison {

	/** What is younger may be on its way. */
	private static final Duration SETTLED = Duration.ofMinutes(10);

	/** How far in the future the times of messages are compared. */
	private static final Duration AHEAD = Duration.ofDays(1);

	private final ReconciliationTools tools;

	private final StoredReconciliation reconciliation;

	private final Lookback lookback;

	private final ContactMessages messages;

	private final long first;

	/**
	 * Prepares comparisons.
	 * @param tools what chats are compared with
	 * @param reconciliation the reconciliation as it is stored
	 * @param lookback how far back each chat is compared
	 */
	ChatComparison(ReconciliationTools tools, StoredReconciliation reconciliation, Lookback lookback) {
		this.tools = tools;
		this.reconciliation = reconciliation;
		this.lookback = lookback;
		this.messages = tools.store().messages();
		this.first = this.messages.firstSince(lookback.earliest().minus(Matcher.TOLERANCE));
	}

	/**
	 * Compares a chat, unless its contact was erased.
	 * @param chat the chat
	 * @param history reads its messages
	 * @return what came of it; nothing if SendPulse does not know the contact any more
	 * @throws CallRefusedException if SendPulse does not show the messages
	 * @throws SendPulseException if it does not show them in another way
	 */
	Result compare(Chat chat, ChatHistory history) {
		if (this.messages.isErased(chat.contact())) {
			return Result.NOTHING;
		}
		List<ChatRow> rows = rows(chat, history);
		if (rows.isEmpty()) {
			return Result.NOTHING;
		}
		long comparedTo = this.messages.newest();
		List<ChatRow> missing = notReceived(chat, rows);
		List<ChatRow> dated = missing.stream().filter(ChatRow::isDated).toList();
		Instant kept = keptSince();
		List<ChatRow> inWindow = dated.stream()
			.filter((row) -> isInWindow(chat, row.at()) && !row.at().isBefore(kept))
			.toList();
		return new Result(describe(chat, inWindow, comparedTo), missing.size() - dated.size());
	}

	private List<ChatRow> rows(Chat chat, ChatHistory history) {
		Instant earliest = earliest(chat);
		List<ChatRow> rows = new ArrayList<>();
		boolean recent = true;
		for (HistoryMessage message : history(chat, history, earliest)) {
			// A message without a time is about as old as the one before it.
			recent = (message.at() != null) ? !message.at().isBefore(earliest) : recent;
			ChatRow row = recent ? ChatRow.read(chat, message, this.tools.reader()) : null;
			if (row != null) {
				rows.add(row);
			}
		}
		return rows;
	}

	private static List<HistoryMessage> history(Chat chat, ChatHistory history, Instant earliest) {
		try {
			return history.read(chat, earliest);
		}
		catch (UnknownContactException ex) {
			return List.of();
		}
	}

	private List<ChatRow> notReceived(Chat chat, List<ChatRow> rows) {
		int[] places = Matcher.match(rows.stream().map(ChatRow::traits).toList(), received(chat));
		List<ChatRow> missing = new ArrayList<>();
		for (int i = 0; i < places.length; i++) {
			if (places[i] == Matcher.NONE) {
				missing.add(rows.get(i));
			}
		}
		return missing;
	}

	private List<Traits> received(Chat chat) {
		List<Traits> received = new ArrayList<>();
		for (StoredMessage message : this.messages.of(chat.contact(), this.first, earliest(chat),
				this.reconciliation.to().plus(AHEAD))) {
			if (this.tools.reader().read(message.body()) instanceof MessageEvent event && !event.isEcho()) {
				received.add(Traits.of(event, message.at(), false));
			}
		}
		return received;
	}

	private Instant earliest(Chat chat) {
		return this.lookback.of(chat).minus(Matcher.TOLERANCE);
	}

	private boolean isInWindow(Chat chat, Instant at) {
		return !at.isBefore(this.lookback.of(chat)) && !at.isBefore(chat.begins())
				&& !at.isAfter(this.reconciliation.to().minus(SETTLED));
	}

	// The retention goes on while a long window is compared: what it deletes was
	// received.
	private Instant keptSince() {
		return this.tools.clock().instant().minus(this.tools.retention()).plus(Matcher.TOLERANCE);
	}

	private static List<StoredMissing> describe(Chat chat, List<ChatRow> rows, long comparedTo) {
		Map<Object, Integer> alike = new HashMap<>();
		return rows.stream()
			.map((row) -> row.missing(chat, alike.merge(row.body(), 1, Integer::sum) - 1, comparedTo))
			.toList();
	}

	/**
	 * What came of a comparison.
	 *
	 * @param missing the messages that were never sent
	 * @param undated how many messages were not found, of which nobody knows when they
	 * were written
	 */
	record Result(List<StoredMissing> missing, long undated) {

		private static final Result NOTHING = new Result(List.of(), 0);

	}

}
