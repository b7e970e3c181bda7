package io.pulsehook.receive;

import java.util.List;

import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import io.pulsehook.event.EventReader;
import io.pulsehook.event.MalformedBodyException;
import io.pulsehook.event.TooManyElementsException;
import io.pulsehook.event.UnrecognizedEvent;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.model.Receipt;
import io.pulsehook.inbox.spool.SpooledInbox;

/**
 * The one way into the inbox: turns a body in the form that SendPulse sends into events
 * and stores them. The secret URL, the API and the console's samples all come through
 * here, and so can a controller of the application's own. Who may send, and how large and
 * how slow a body may be, is for the caller to decide. Safe for use by many threads.
 */
public final class Receiver {

	private final BodyEvents bodies;

	private final Inbox inbox;

	private final @Nullable SpooledInbox spooled;

	private final int maxElements;

	private final Traces traces;

	/**
	 * Creates a receiver that stores everything in the inbox at once.
	 * @param reader what binds an element to its record
	 * @param inbox where events are kept
	 * @param maxElements how many elements a body may have
	 * @param observations where the commit is traced, as a child of the observation that
	 * is current then
	 */
	public Receiver(EventReader reader, Inbox inbox, int maxElements, ObservationRegistry observations) {
		this(reader, inbox, null, maxElements, observations);
	}

	/**
	 * Creates a receiver.
	 * @param reader what binds an element to its record
	 * @param inbox where events are kept
	 * @param spooled the inbox with a spool before it, which keeps what the inbox cannot
	 * store, or {@code null} if there is none
	 * @param maxElements how many elements a body may have
	 * @param observations where the commit is traced, as a child of the observation that
	 * is current then
	 */
	public Receiver(EventReader reader, Inbox inbox, @Nullable SpooledInbox spooled, int maxElements,
			ObservationRegistry observations) {
		this(new BodyEvents(reader, inbox), inbox, spooled, maxElements, new Traces(observations));
	}

	private Receiver(BodyEvents bodies, Inbox inbox, @Nullable SpooledInbox spooled, int maxElements, Traces traces) {
		this.bodies = bodies;
		this.inbox = inbox;
		this.spooled = spooled;
		this.maxElements = maxElements;
		this.traces = traces;
	}

	/**
	 * Returns a receiver for whoever needs the events in the inbox at once.
	 * @return a receiver that fails when the inbox cannot store, whether or not there is
	 * a spool
	 */
	public Receiver withoutSpool() {
		return new Receiver(this.bodies, this.inbox, null, this.maxElements, this.traces);
	}

	/**
	 * Stores the elements of a body, all or none, and returns when they are on disk, in
	 * the inbox or in the spool. An element of no known shape is stored as an
	 * {@link UnrecognizedEvent}.
	 * @param source the name of the source whose events they are, such as
	 * {@code default}; it is part of an event's identity and of its ordering key
	 * @param body a JSON array of events, or a single event, in UTF-8
	 * @return how many were stored, and how many had been stored before
	 * @throws ReceiveException if the body is no JSON, which is kept all the same, has
	 * too many elements, or could not be stored in time
	 */
	public Receipt receive(String source, byte[] body) {
		try {
			return store(source, body, this.bodies.read(source, body, this.maxElements));
		}
		catch (TooManyElementsException ex) {
			throw ReceiveException.tooManyElements(this.maxElements);
		}
		catch (MalformedBodyException ex) {
			UnrecognizedEvent broken = BodyEvents.reason(ex);
			store(source, body, BodyEvents.broken(source, body, broken));
			throw ReceiveException.malformed(broken.reason());
		}
	}

	private Receipt store(String source, byte[] body, List<NewEvent> events) {
		if (events.isEmpty()) {
			return Receipt.EMPTY;
		}
		try {
			return this.traces.store((trace) -> store(source, body, events, trace));
		}
		catch (InboxUnavailableException ex) {
			throw ReceiveException.unavailable(ex);
		}
	}

	private Receipt store(String source, byte[] body, List<NewEvent> events, @Nullable String trace) {
		return (this.spooled != null) ? this.spooled.store(source, body, events, trace)
				: this.inbox.store(events, trace);
	}

}
