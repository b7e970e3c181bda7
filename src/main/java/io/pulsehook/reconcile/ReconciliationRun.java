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
import org.jspecify.annotations.Nullable;

import io.pulsehook.event.MessageEvent;
import io.pulsehook.inbox.reconciliation.ContactMessages;
import io.pulsehook.inbox.reconciliation.KnownBot;
import io.pulsehook.inbox.reconciliation.StoredMessage;
import io.pulsehook.inbox.reconciliation.StoredMissing;
import io.pulsehook.inbox.reconciliation.StoredReconciliation;
import io.pulsehook.reconcile.Hold.Cursor;
import io.pulsehook.reconcile.PatientCalls.GivenUpException;
import io.pulsehook.sendpulse.CallRefusedException;
import io.pulsehook.sendpulse.Conversations;
import io.pulsehook.sendpulse.SendPulseException;
import io.pulsehook.sendpulse.UnknownContactException;

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

	private final Instant earliest;

	private long first;

	private long refused;

	private @Nullable String failure;

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
		this.earliest = reconciliation.from().minus(Matcher.TOLERANCE);
	}

	/**
	 * Compares every contact that an earlier run has not come to.
	 * @return what could not be compared, or {@code null}
	 * @throws GivenUpException if an account could not be compared; the others are
	 */
	@Nullable String run() {
		Cursor cursor = Hold.cursor(this.reconciliation.cursor());
		this.refused = cursor.refused();
		this.failure = cursor.failure();
		this.first = this.messages.firstSince(this.earliest);
		for (Account account : accounts()) {
			if (!cursor.isBehind(account.name())) {
				compareIfItCanBeAsked(account, cursor);
			}
		}
		this.hold.write();
		removeArrived();
		if (this.failure != null) {
			throw new GivenUpException(this.failure);
		}
		return (this.refused > 0) ? ofRefused() : null;
	}

	private String ofRefused() {
		String refused = "SendPulse refused to show the messages of "
				+ ((this.refused == 1) ? "1 contact" : this.refused + " contacts")
				+ ", so that nobody knows whether any are missing.";
		logger.warn("Reconciliation " + this.reconciliation.id() + " is not complete. " + refused);
		return refused;
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

	// An account that cannot be asked must not keep the others from being compared.
	private void compareIfItCanBeAsked(Account account, Cursor cursor) {
		try {
			compare(account, cursor);
		}
		catch (GivenUpException | CallRefusedException | SendPulseException ex) {
			String reason = "The account " + account.name() + " could not be compared. " + ex.getMessage();
			this.failure = (this.failure != null) ? this.failure + " " + reason : reason;
		}
	}

	private void compare(Account account, Cursor cursor) {
		PatientCalls calls = new PatientCalls(this.hold, this.tools.clock());
		Collection<Chat> chats = new ChatList(account.conversations(), calls, account.bots(), this.tools.clock())
			.read(this.reconciliation.from())
			.values();
		ChatHistory history = new ChatHistory(account.conversations(), calls);
		for (Chat chat : chats) {
			if (!cursor.isAtOrBehind(account.name(), chat.key())) {
				List<StoredMissing> missing = missing(chat, history);
				this.hold.add(new Cursor(account.name(), chat.key(), this.refused, this.failure), missing);
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
		catch (UnknownContactException ex) {
			return List.of();
		}
		catch (CallRefusedException | SendPulseException ex) {
			// A contact that cannot be read must not keep others from being compared.
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
