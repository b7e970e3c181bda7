package io.pulsehook.inbox.spool;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

import io.pulsehook.inbox.model.Columns;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.reconciliation.ErasureTimes;
import io.pulsehook.inbox.reconciliation.StoredReconciliations;
import io.pulsehook.inbox.upkeep.Erasure;

/**
 * Keeps events of erased contacts from coming back out of the spool: those that arrived
 * before the erasure. It asks the database, so that an erasure reaches the spools of all
 * replicas.
 */
public final class SpoolErasure {

	private final StoredReconciliations erased;

	private final Erasure erasure;

	private final Function<byte[], @Nullable String> contactOf;

	/**
	 * Creates it.
	 * @param erased knows who was erased
	 * @param erasure erases what came in between
	 * @param contactOf tells, as it was sent, the id of the contact of an element
	 */
	public SpoolErasure(StoredReconciliations erased, Erasure erasure, Function<byte[], @Nullable String> contactOf) {
		this.erased = erased;
		this.erasure = erasure;
		this.contactOf = contactOf;
	}

	/** Leaves out the events whose contacts were erased since they arrived. */
	List<NewEvent> without(List<NewEvent> events) {
		ErasureTimes times = since(events);
		return times.isEmpty() ? events : events.stream().filter((event) -> !isErased(times, event)).toList();
	}

	/** Whether the contact of one of the events was erased since it arrived. */
	boolean concernsAny(List<NewEvent> events) {
		ErasureTimes times = since(events);
		return !times.isEmpty() && events.stream().anyMatch((event) -> isErased(times, event));
	}

	/**
	 * Erases the contacts of events that were erased while these were stored: the erasure
	 * may have been through the events before.
	 * @throws InboxUnavailableException if nobody knows who was erased, or a contact
	 * could not be erased
	 */
	void repeat(List<NewEvent> stored) {
		ErasureTimes times = since(stored);
		if (times.isEmpty()) {
			return;
		}
		Set<@Nullable String> contacts = stored.stream()
			.filter((event) -> isErased(times, event))
			.map(this::contact)
			.collect(Collectors.toSet());
		for (String contact : contacts) {
			if (contact != null) {
				this.erasure.erase(contact, this.contactOf);
			}
		}
	}

	private ErasureTimes since(List<NewEvent> events) {
		try {
			return this.erased
				.erasedSince(events.stream().map(SpoolErasure::arrival).min(Instant::compareTo).orElse(Instant.EPOCH));
		}
		catch (DataAccessException ex) {
			throw new InboxUnavailableException("Nobody knows who was erased.", ex);
		}
	}

	private static Instant arrival(NewEvent event) {
		return event.arrival(Instant.EPOCH);
	}

	private boolean isErased(ErasureTimes times, NewEvent event) {
		String contact = contact(event);
		return contact != null && times.isErasedSince(contact, arrival(event));
	}

	// The stored id is the one that was sent, unless it could be that of several.
	private @Nullable String contact(NewEvent event) {
		String stored = event.contact();
		return (stored != null && Columns.isAmbiguous(stored)) ? this.contactOf.apply(event.body()) : stored;
	}

}
