package io.pulsehook.receive;

import java.util.List;

import io.micrometer.observation.Observation;

import io.pulsehook.event.Elements;
import io.pulsehook.event.EventReader;
import io.pulsehook.event.MalformedBodyException;
import io.pulsehook.event.TooManyElementsException;
import io.pulsehook.event.UnrecognizedEvent;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.InboxUnavailableException;
import io.pulsehook.inbox.NewEvent;
import io.pulsehook.inbox.Receipt;

/**
 * Turns a body into events and puts them into the inbox. Answers after that, never
 * before.
 */
final class Receiver {

	private final EventReader reader;

	private final Inbox inbox;

	private final int maxElements;

	private final Traces traces;

	Receiver(EventReader reader, Inbox inbox, int maxElements, Traces traces) {
		this.reader = reader;
		this.inbox = inbox;
		this.maxElements = maxElements;
		this.traces = traces;
	}

	Answer receive(String source, byte[] body, boolean form, Observation post) {
		try {
			return store(source, body, form, post);
		}
		catch (InboxUnavailableException ex) {
			return Answers.UNAVAILABLE;
		}
		catch (RuntimeException | Error ex) {
			return Answers.failed(ex);
		}
	}

	private Answer store(String source, byte[] body, boolean form, Observation post) {
		NewEvents events = new NewEvents(source, body);
		try {
			for (byte[] element : Elements.split(form ? FormBody.json(body) : body, this.maxElements)) {
				events.add(this.reader.read(element), element);
			}
		}
		catch (TooManyElementsException ex) {
			return Answers.tooManyElements(this.maxElements);
		}
		catch (MalformedBodyException ex) {
			UnrecognizedEvent broken = new UnrecognizedEvent(String.valueOf(ex.getMessage()));
			keep(source, body, broken, post);
			return Answers.malformed(broken.reason());
		}
		return Answers.accepted(store(events.toList(), post));
	}

	private Receipt store(List<NewEvent> events, Observation post) {
		return events.isEmpty() ? Receipt.EMPTY : this.traces.store(post, (trace) -> this.inbox.store(events, trace));
	}

	private void keep(String source, byte[] body, UnrecognizedEvent broken, Observation post) {
		if (body.length > 0) {
			NewEvents events = new NewEvents(source, body);
			events.add(broken, body);
			store(events.toList(), post);
		}
	}

}
