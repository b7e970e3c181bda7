package io.pulsehook.receive;

import java.util.List;

import io.micrometer.observation.ObservationRegistry;

import io.pulsehook.event.Elements;
import io.pulsehook.event.EventReader;
import io.pulsehook.event.MalformedBodyException;
import io.pulsehook.event.TooManyElementsException;
import io.pulsehook.event.UnrecognizedEvent;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.model.Receipt;

/**
 * The one way into the inbox: turns a body in the form that SendPulse sends into events
 * and stores them. The secret URL, the API and the console's samples all come through
 * here, and so can a controller of the application's own. Who may send, and how large and
 * how slow a body may be, is for the caller to decide. Safe for use by many threads.
 */
public final class Receiver {

	private final EventReader reader;

	private final Inbox inbox;

	private final int maxElements;

	private final Traces traces;

	/**
	 * Creates the receiver.
	 * @param reader what binds an element to its record
	 * @param inbox where events are kept
	 * @param maxElements how many elements a body may have
	 * @param observations where the commit is traced, as a child of the observation that
	 * is current then
	 */
	public Receiver(EventReader reader, Inbox inbox, int maxElements, ObservationRegistry observations) {
		this.reader = reader;
		this.inbox = inbox;
		this.maxElements = maxElements;
		this.traces = new Traces(observations);
	}

	/**
	 * Stores the elements of a body, all or none, and returns when they are on disk. An
	 * element of no known shape is stored as an {@link UnrecognizedEvent}.
	 * @param source the name of the source whose events they are, such as
	 * {@code default}; it is part of an event's identity and of its ordering key
	 * @param body a JSON array of events, or a single event, in UTF-8
	 * @return how many were stored, and how many had been stored before
	 * @throws ReceiveException if the body is no JSON, which is kept all the same, has
	 * too many elements, or could not be stored in time
	 */
	public Receipt receive(String source, byte[] body) {
		try {
			return store(events(source, body));
		}
		catch (TooManyElementsException ex) {
			throw ReceiveException.tooManyElements(this.maxElements);
		}
		catch (MalformedBodyException ex) {
			UnrecognizedEvent broken = new UnrecognizedEvent(String.valueOf(ex.getMessage()));
			keep(source, body, broken);
			throw ReceiveException.malformed(broken.reason());
		}
	}

	private List<NewEvent> events(String source, byte[] body) throws MalformedBodyException {
		NewEvents events = new NewEvents(source, body, this.inbox.filtersByMessage());
		for (byte[] element : Elements.split(body, this.maxElements)) {
			events.add(this.reader.read(element), element);
		}
		return events.toList();
	}

	private void keep(String source, byte[] body, UnrecognizedEvent broken) {
		if (body.length > 0) {
			NewEvents events = new NewEvents(source, body, false);
			events.add(broken, body);
			store(events.toList());
		}
	}

	private Receipt store(List<NewEvent> events) {
		try {
			return events.isEmpty() ? Receipt.EMPTY : this.traces.store((trace) -> this.inbox.store(events, trace));
		}
		catch (InboxUnavailableException ex) {
			throw ReceiveException.unavailable(ex);
		}
	}

}
