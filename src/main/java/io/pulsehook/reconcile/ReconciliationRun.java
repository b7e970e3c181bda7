package io.pulsehook.reconcile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.reconciliation.ContactMessages;
import io.pulsehook.inbox.reconciliation.KnownBot;
import io.pulsehook.inbox.reconciliation.StoredMissing;
import io.pulsehook.inbox.reconciliation.StoredReconciliation;
import io.pulsehook.reconcile.ChatComparison.Result;
import io.pulsehook.reconcile.Hold.Cursor;
import io.pulsehook.reconcile.PatientCalls.GivenUpException;
import io.pulsehook.sendpulse.CallRefusedException;
import io.pulsehook.sendpulse.Conversations;
import io.pulsehook.sendpulse.SendPulseException;

/**
 * Compares the chats of one reconciliation, account by account and contact by contact.
 */
final class ReconciliationRun {

	private static final Log logger = LogFactory.getLog(ReconciliationRun.class);

	private final ReconciliationTools tools;

	private final StoredReconciliation reconciliation;

	private final Hold hold;

	private final Lookback lookback;

	private final ContactMessages messages;

	private NotCompared notCompared = NotCompared.NOTHING;

	private @Nullable String failure;

	/**
	 * Prepares a run.
	 * @param tools what it compares with
	 * @param reconciliation the reconciliation as it is stored
	 * @param hold writes how far it comes
	 * @param window how far back a contact is compared at most whom the last one could
	 * not compare
	 */
	ReconciliationRun(ReconciliationTools tools, StoredReconciliation reconciliation, Hold hold, Duration window) {
		this.tools = tools;
		this.reconciliation = reconciliation;
		this.hold = hold;
		this.messages = tools.store().messages();
		NotCompared left = reconciliation.scheduled() ? leftByTheLast() : NotCompared.NOTHING;
		this.lookback = Lookback.of(reconciliation.from(), left, reconciliation.to().minus(window));
	}

	private NotCompared leftByTheLast() {
		return this.tools.store()
			.lastCompared()
			.map((last) -> Hold.cursor(last.cursor()).notCompared())
			.orElse(NotCompared.NOTHING);
	}

	/**
	 * Compares every contact that an earlier run has not come to.
	 * @return what could not be compared, or {@code null}
	 * @throws GivenUpException if an account could not be compared, the others are; or if
	 * so many contacts could not be that the next one must compare all of them again
	 */
	@Nullable String run() {
		Cursor cursor = Hold.cursor(this.reconciliation.cursor());
		this.notCompared = cursor.notCompared();
		this.failure = cursor.failure();
		ChatComparison comparison = new ChatComparison(this.tools, this.reconciliation, this.lookback);
		for (Account account : accounts()) {
			if (!cursor.isBehind(account.name())) {
				compareIfItCanBeAsked(account, cursor, comparison);
			}
		}
		this.hold.write();
		removeArrived();
		return result();
	}

	private @Nullable String result() {
		String left = this.notCompared.text(this.reconciliation.scheduled());
		if (this.failure != null || this.notCompared.forgetsSome()) {
			throw new GivenUpException(
					Stream.of(this.failure, left).flatMap(Stream::ofNullable).collect(Collectors.joining(" ")));
		}
		if (left != null) {
			logger.warn("Reconciliation " + this.reconciliation.id() + " is not complete. " + left);
		}
		return left;
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
	private void compareIfItCanBeAsked(Account account, Cursor cursor, ChatComparison comparison) {
		try {
			compare(account, cursor, comparison);
		}
		catch (GivenUpException | CallRefusedException | SendPulseException ex) {
			String reason = "The account " + account.name() + " could not be compared. " + ex.getMessage();
			this.failure = (this.failure != null) ? this.failure + " " + reason : reason;
		}
	}

	private void compare(Account account, Cursor cursor, ChatComparison comparison) {
		PatientCalls calls = new PatientCalls(this.hold, this.tools.clock());
		Collection<Chat> chats = new ChatList(account.conversations(), calls, account.bots(), this.tools.clock())
			.read(this.lookback)
			.values();
		ChatHistory history = new ChatHistory(account.conversations(), calls);
		for (Chat chat : chats) {
			if (!cursor.isAtOrBehind(account.name(), chat.key())) {
				compareOrLeave(account, chat, () -> comparison.compare(chat, history));
			}
		}
	}

	// A contact that cannot be read must not keep others from being compared.
	private void compareOrLeave(Account account, Chat chat, Supplier<Result> comparison) {
		try {
			Result result = comparison.get();
			this.notCompared = this.notCompared.withMessages(result.undated());
			this.hold.add(at(account, chat), result.missing());
		}
		catch (CallRefusedException | SendPulseException ex) {
			this.notCompared = this.notCompared.with(chat, this.lookback.of(chat));
			this.hold.leave(at(account, chat));
		}
	}

	private Cursor at(Account account, Chat chat) {
		return new Cursor(account.name(), chat.key(), this.notCompared, this.failure);
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
