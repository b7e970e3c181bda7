package io.pulsehook.receive;

import java.nio.charset.StandardCharsets;

import io.pulsehook.event.Elements;
import io.pulsehook.event.EventReader;
import io.pulsehook.event.MalformedBodyException;
import io.pulsehook.event.UnrecognizedEvent;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.Receipt;

/**
 * Receives what this process sends to itself, to try out what happens with it.
 */
public final class LocalReceiver {

	private static final int MOST_ELEMENTS = 100;

	private final EventReader reader;

	private final Inbox inbox;

	/**
	 * Creates the receiver.
	 * @param reader what binds an element to its record
	 * @param inbox where events are kept
	 */
	public LocalReceiver(EventReader reader, Inbox inbox) {
		this.reader = reader;
		this.inbox = inbox;
	}

	/**
	 * Keeps what a body has, as if it had been posted.
	 * @param source the source it counts as
	 * @param json a body in the form that SendPulse sends
	 * @return what became of its elements
	 * @throws io.pulsehook.inbox.InboxUnavailableException if they were not stored in
	 * time
	 */
	public Receipt receive(String source, String json) {
		byte[] body = json.getBytes(StandardCharsets.UTF_8);
		NewEvents events = new NewEvents(source, body);
		try {
			for (byte[] element : Elements.split(body, MOST_ELEMENTS)) {
				events.add(this.reader.read(element), element);
			}
		}
		catch (MalformedBodyException ex) {
			events.add(new UnrecognizedEvent(String.valueOf(ex.getMessage())), body);
		}
		return this.inbox.store(events.toList());
	}

}
