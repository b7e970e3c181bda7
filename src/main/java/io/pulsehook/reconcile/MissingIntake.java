package io.pulsehook.reconcile;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.pulsehook.event.ChatbotEvent;
import io.pulsehook.event.EventReader;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.reconciliation.ContactMessages;
import io.pulsehook.inbox.reconciliation.MissingMessages;
import io.pulsehook.inbox.reconciliation.StoredMissing;
import io.pulsehook.inbox.reconciliation.StoredReconciliations;
import io.pulsehook.inbox.upkeep.Erasure;
import io.pulsehook.receive.ReceiveException;
import io.pulsehook.receive.Receiver;

/**
 * Stores messages that were never sent, as if their webhooks came now.
 */
public final class MissingIntake {

	private final MissingMessages missing;

	private final ContactMessages messages;

	private final LateArrivals late;

	private final Receiver receiver;

	private final Erasure erasure;

	private final EventReader reader;

	/**
	 * Creates the intake.
	 * @param store where the messages are found
	 * @param receiver stores them
	 * @param erasure erases what was stored of a contact who was erased meanwhile
	 * @param reader reads messages, to compare them
	 */
	public MissingIntake(StoredReconciliations store, Receiver receiver, Erasure erasure, EventReader reader) {
		this.missing = store.missing();
		this.messages = store.messages();
		this.late = new LateArrivals(this.messages, reader);
		this.receiver = receiver;
		this.erasure = erasure;
		this.reader = reader;
	}

	/**
	 * Stores what a reconciliation has found, unless it has arrived meanwhile or is
	 * stored already.
	 * @param reconciliation its id
	 * @return how many were stored now
	 */
	synchronized long store(long reconciliation) {
		long stored = 0;
		for (List<StoredMissing> ofContact : LateArrivals.byContact(this.missing.of(reconciliation))) {
			stored += storeContact(ofContact);
		}
		return stored;
	}

	private long storeContact(List<StoredMissing> found) {
		String contact = found.get(0).contact();
		boolean allStored = found.stream().allMatch((message) -> message.event() != null);
		if (allStored || this.messages.isErased(contact)) {
			return 0;
		}
		Map<Long, Long> events = new HashMap<>(this.late.of(found));
		long stored = 0;
		for (StoredMissing message : found) {
			if (message.event() == null && !events.containsKey(message.id())) {
				stored += receive(message);
			}
		}
		if (stored > 0) {
			this.late.of(found).forEach(events::putIfAbsent);
		}
		this.missing.markStored(events);
		eraseIfErased(contact);
		return stored;
	}

	private int receive(StoredMissing message) {
		byte[] body = ("[" + message.body() + "]").getBytes(StandardCharsets.UTF_8);
		try {
			return this.receiver.receive(message.source(), body).accepted();
		}
		catch (ReceiveException ex) {
			throw new InboxUnavailableException("Not all messages were stored.", ex);
		}
	}

	// The erasure may have been through the events before these messages were stored.
	private void eraseIfErased(String contact) {
		if (this.messages.isErased(contact)) {
			this.erasure.erase(contact, this::contact);
		}
	}

	private @Nullable String contact(byte[] body) {
		return (this.reader.read(body) instanceof ChatbotEvent event && event.contact() != null) ? event.contact().id()
				: null;
	}

}
