package io.pulsehook.receive;

import java.util.List;

import io.pulsehook.event.Elements;
import io.pulsehook.event.EventReader;
import io.pulsehook.event.MalformedBodyException;
import io.pulsehook.event.TooManyElementsException;
import io.pulsehook.event.UnrecognizedEvent;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.spool.BodyReader;

/**
 * Turns bodies in the form that SendPulse sends into events, in the form in which the
 * inbox stores them. Safe for use by many threads.
 */
public final class BodyEvents implements BodyReader {

	private final EventReader reader;

	private final Inbox inbox;

	/**
	 * Creates it.
	 * @param reader what binds an element to its record
	 * @param inbox knows what the filters of handlers ask
	 */
	public BodyEvents(EventReader reader, Inbox inbox) {
		this.reader = reader;
		this.inbox = inbox;
	}

	/**
	 * Reads the events of a body that was accepted before, so that it is read however
	 * many elements it has. All that filters can ask is looked up: the handlers may not
	 * be known yet that this process has when the events are stored.
	 */
	@Override
	public List<NewEvent> read(String source, byte[] body) {
		try {
			return read(source, body, Integer.MAX_VALUE, true);
		}
		catch (MalformedBodyException ex) {
			return broken(source, body, reason(ex));
		}
	}

	/**
	 * Reads the events of a body.
	 * @param source the name of the source that received it
	 * @param body its bytes
	 * @param maxElements how many elements it may have
	 * @return the events in their order
	 * @throws MalformedBodyException if it is no JSON
	 * @throws TooManyElementsException if it has too many elements
	 */
	List<NewEvent> read(String source, byte[] body, int maxElements) throws MalformedBodyException {
		return read(source, body, maxElements, this.inbox.filtersByMessage());
	}

	private List<NewEvent> read(String source, byte[] body, int maxElements, boolean filteredByMessage)
			throws MalformedBodyException {
		NewEvents events = new NewEvents(source, body, filteredByMessage);
		for (byte[] element : Elements.split(body, maxElements)) {
			events.add(this.reader.read(element), element);
		}
		return events.toList();
	}

	static UnrecognizedEvent reason(MalformedBodyException ex) {
		return new UnrecognizedEvent(String.valueOf(ex.getMessage()));
	}

	/** The event that a body is as a whole because it is no JSON; none if it is empty. */
	static List<NewEvent> broken(String source, byte[] body, UnrecognizedEvent reason) {
		if (body.length == 0) {
			return List.of();
		}
		NewEvents events = new NewEvents(source, body, false);
		events.add(reason, body);
		return events.toList();
	}

}
