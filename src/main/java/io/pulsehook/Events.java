package io.pulsehook;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.pulsehook.event.Elements;
import io.pulsehook.event.Event;
import io.pulsehook.event.EventReader;
import io.pulsehook.event.MalformedBodyException;
import io.pulsehook.event.UnrecognizedEvent;

/**
 * Reads events as the receiver does, for tests of handlers. {@link Samples} has bodies to
 * read.
 */
public final class Events {

	private static final EventReader READER = new EventReader();

	private Events() {
	}

	/**
	 * Reads a body.
	 * @param body a JSON array of events or a single one, as SendPulse posts it
	 * @return its events in their order; what cannot be recognised is among them as
	 * {@link UnrecognizedEvent}
	 * @throws IllegalArgumentException if the body's outer structure is broken; the
	 * message says where
	 */
	public static List<Event> read(String body) {
		try {
			return Elements.split(body.getBytes(StandardCharsets.UTF_8)).stream().map(READER::read).toList();
		}
		catch (MalformedBodyException ex) {
			throw new IllegalArgumentException("The body cannot be split into events: " + ex.getMessage(), ex);
		}
	}

	/**
	 * Reads a body of exactly one event of a certain type.
	 * @param <E> the type of the event
	 * @param body a JSON array of one event or the event itself, as SendPulse posts it
	 * @param type the type that the event must have
	 * @return the event
	 * @throws IllegalArgumentException if the body's outer structure is broken, or if it
	 * holds another number of events or an event of another type; the message says which
	 */
	public static <E extends Event> E read(String body, Class<E> type) {
		List<Event> events = read(body);
		if (events.size() != 1) {
			throw new IllegalArgumentException(
					"Expected one %s, but the body holds %d events".formatted(type.getSimpleName(), events.size()));
		}
		Event event = events.get(0);
		if (!type.isInstance(event)) {
			throw new IllegalArgumentException(
					"Expected %s, but it is %s".formatted(type.getSimpleName(), description(event)));
		}
		return type.cast(event);
	}

	/**
	 * Takes from a body what production keeps of it.
	 * @param body a JSON array of one event, or the event itself
	 * @return the event alone, or the whole body where its outer structure is broken
	 * @throws IllegalArgumentException if the body is an array of no event or of several
	 */
	static String elementOrBroken(String body) {
		try {
			return only(Elements.split(body.getBytes(StandardCharsets.UTF_8)));
		}
		catch (MalformedBodyException ex) {
			return body;
		}
	}

	private static String only(List<byte[]> elements) {
		if (elements.size() != 1) {
			throw new IllegalArgumentException("A delivery has one event, but the JSON is an array of "
					+ elements.size() + ". Give each delivery its own.");
		}
		return new String(elements.get(0), StandardCharsets.UTF_8);
	}

	private static String description(Event event) {
		String type = event.getClass().getSimpleName();
		return (event instanceof UnrecognizedEvent unrecognized) ? type + ": " + unrecognized.reason() : type;
	}

}
