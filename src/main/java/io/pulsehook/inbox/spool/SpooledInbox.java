package io.pulsehook.inbox.spool;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.model.Receipt;
import io.pulsehook.inbox.spool.Line.Place;

/**
 * The inbox with a spool before it: bodies that the inbox cannot store go into the spool,
 * and all that follow go there too until it is drained, so that none overtakes another.
 */
public final class SpooledInbox {

	private final Inbox inbox;

	private final Spool spool;

	/**
	 * Puts a spool before the inbox.
	 * @param inbox the inbox
	 * @param spool the spool
	 */
	public SpooledInbox(Inbox inbox, Spool spool) {
		this.inbox = inbox;
		this.spool = spool;
	}

	/**
	 * Stores the events of a body, or keeps the body, and returns when either is on disk.
	 * @param source the name of the source that received it
	 * @param body its bytes
	 * @param events what was read from it, at least one
	 * @param trace the trace context that the deliveries go on with, or {@code null};
	 * events that were kept in the spool are not traced
	 * @return what became of the events; nobody knows of those in the spool whether they
	 * had been stored before
	 * @throws InboxUnavailableException if the spool cannot keep the body either
	 */
	public Receipt store(String source, byte[] body, List<NewEvent> events, @Nullable String trace) {
		long began = System.nanoTime();
		try (Place place = this.spool.line().join()) {
			if (place.goesIntoSpool() && this.spool.putIfTaking(source, body, since(began), place::close)) {
				return kept(events);
			}
			try {
				return this.inbox.store(events, trace, place::enteredInbox);
			}
			catch (InboxUnavailableException ex) {
				place.awaitFirst();
				this.spool.put(source, body, since(began), place::close);
				return kept(events);
			}
		}
	}

	private static Duration since(long began) {
		return Duration.ofNanos(System.nanoTime() - began);
	}

	private static Receipt kept(List<NewEvent> events) {
		long unrecognized = events.stream().filter((event) -> event.reason() != null).count();
		return new Receipt(events.size(), 0, Math.toIntExact(unrecognized));
	}

}
