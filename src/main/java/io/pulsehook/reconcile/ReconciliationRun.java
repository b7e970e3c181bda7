package io.pulsehook.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.pulsehook.event.MessageEvent;
import io.pulsehook.inbox.reconciliation.ContactMessages;
import io.pulsehook.inbox.reconciliation.KnownBot;
import io.pulsehook.inbox.reconciliation.StoredMessage;
import io.pulsehook.inbox.reconciliation.StoredMissing;
import io.pulsehook.inbox.reconciliation.StoredReconciliation;
import io.pulsehook.reconcile.Hold.Cursor;
import io.pulsehook.sendpulse.CallRefusedException;
import io.pulsehook.sendpulse.Conversations;
import io.pulsehook.sendpulse.SendPulseException;

/**
 * Compares the chats of one reconciliation, account by account and contact by contact.
 */
final class ReconciliationRun {

	private static final Log logger = LogFactory.getLog(ReconciliationRun.class);

	/** What is younger may be on its way. */
	private static final Duration SETTLED = Duration.ofMinutes(10);

	/** How far in the future the times of messages are compared. */
	private static final Duration AHEAD = Duration.ofDays(1);

	private final ReconciliationTools tools;

	private final StoredReconciliation reconciliation;

	private final Hold hold;

	private final ContactMessages messages;

	private final PatientCalls calls;

	private final Instant earliest;

	private long first;

	private long refused;

	/**
	 * Prepares a run.
	 * @param tools what it compares with
	 * @param reconciliation the reconciliation as it is stored
	 * @param hold writes how far it comes
	 */
	ReconciliationRun(ReconciliationTools tools, StoredReconciliation reconciliation, Hold hold) {
		this.tools = tools;
		this.reconciliation = reconciliation;
		this.hold = hold;
		this.messages = tools.store().messages();
		this.calls = new PatientCalls(hold, tools.clock());
		this.earliest = reconciliation.from().minus(Matcher.TOLERANCE);
	}

	/**
	 * Compares every contact that an earlier run has not come to.
	 */
	void run() {
		Cursor cursor = Hold.cursor(this.reconciliation.cursor());
		this.first = this.messages.firstSince(this.earliest);
		for (Account account : accounts()) {
			if (!cursor.isBehind(account.name())) {
				compare(account, cursor);
			}
		}
		this.hold.write();
		removeArrived();
		if (this.refused > 0) {
			logger.warn("Reconciliation " + this.reconciliation.id() + " could not compare " + this.refused
					+ " contacts, since SendPulse refused to show their messages.");
		}
	}

	// In the order of their names, which the cursor goes by.
	private Collection<Account> accounts() {
		Map<String, Account> accounts = new TreeMap<>();
		for (KnownBot bot : this.tools.store().bots(this.reconciliation.id(), this.hold::keep)) {
			Conversations conversations = this.tools.sendPulse().conversations(bot.source());
			if (conversations != null) {
				accounts.computeIfAbsent(conversations.account(), (name) -> new Account(conversations, new HashMap<>()))
					.bots()
					.put(bot.id(), bot);
			}
		}
		return accounts.values();
	}

	private void compare(Account account, Cursor cursor) {
		Collection<Chat> chats = new ChatList(account.conversations(), this.calls, account.bots(), this.tools.clock())
			.read(this.reconciliation.from())
			.values();
		ChatHistory history = new ChatHistory(account.conversations(), this.calls);
		for (Chat chat : chats) {
			if (!cursor.isAtOrBehind(account.name(), chat.key())) {
				this.hold.add(new Cursor(account.name(), chat.key()), missing(chat, history));
			}
		}
	}

	private List<StoredMissing> missing(Chat chat, ChatHistory history) {
		if (this.messages.isErased(chat.contact())) {
			return List.of();
		}
		List<ChatRow> rows = rows(chat, history);
		if (rows.isEmpty()) {
			return List.of();
		}
		long comparedTo = this.messages.newest();
		int[] places = Matcher.match(rows.stream().map(ChatRow::traits).toList(), received(chat));
		Instant kept = keptSince();
		List<ChatRow> missing = new ArrayList<>();
		for (int i = 0; i < places.length; i++) {
			Instant at = rows.get(i).at();
			if (places[i] == Matcher.NONE && isInWindow(chat, at) && !at.isBefore(kept)) {
				missing.add(rows.get(i));
			}
		}
		return describe(chat, missing, comparedTo);
	}

	private List<ChatRow> rows(Chat chat, ChatHistory history) {
		try {
			return history.read(chat, this.earliest)
				.stream()
				.map((message) -> ChatRow.read(chat, message, this.tools.reader()))
				.filter(Objects::nonNull)
				.filter((row) -> !row.at().isBefore(this.earliest))
				.toList();
		}
		catch (CallRefusedException | SendPulseException ex) {
			// A contact that is gone, or cannot be read, must not keep others from being
			// compared.
			this.refused++;
			return List.of();
		}
	}

	private List<Traits> received(Chat chat) {
		List<Traits> received = new ArrayList<>();
		for (StoredMessage message : this.messages.of(chat.contact(), this.first, this.earliest,
				this.reconciliation.to().plus(AHEAD))) {
			if (this.tools.reader().read(message.body()) instanceof MessageEvent event && !event.isEcho()) {
				received.add(Traits.of(event, message.at(), false));
			}
		}
		return received;
	}

	private boolean isInWindow(Chat chat, Instant at) {
		return !at.isBefore(this.reconciliation.from()) && !at.isBefore(chat.begins())
				&& !at.isAfter(this.reconciliation.to().minus(SETTLED));
	}

	// The retention goes on while a long window is compared: what it deletes was received.
	private Instant keptSince() {
		return this.tools.clock().instant().minus(this.tools.retention()).plus(Matcher.TOLERANCE);
	}

	private static List<StoredMissing> describe(Chat chat, List<ChatRow> rows, long comparedTo) {
		Map<Object, Integer> alike = new HashMap<>();
		return rows.stream()
			.map((row) -> row.missing(chat, alike.merge(row.body(), 1, Integer::sum) - 1, comparedTo))
			.toList();
	}

	// Webhooks that were late have come while others were compared.
	private void removeArrived() {
		LateArrivals late = new LateArrivals(this.messages, this.tools.reader());
		List<Long> arrived = new ArrayList<>();
		for (List<StoredMissing> ofContact : LateArrivals
			.byContact(this.tools.store().missing().of(this.reconciliation.id()))) {
			arrived.addAll(late.of(ofContact).keySet());
		}
		if (!arrived.isEmpty()) {
			this.tools.store().missing().remove(arrived);
		}
	}

	/**
	 * An account of SendPulse.
	 *
	 * @param conversations its conversations
	 * @param bots its bots that are known here, by their ids
	 */
	private record Account(Conversations conversations, Map<String, KnownBot> bots) {

		String name() {
			return this.conversations.account();
		}

	}

}
