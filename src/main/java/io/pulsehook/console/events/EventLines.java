package io.pulsehook.console.events;

import io.pulsehook.inbox.query.StoredEvent;

/**
 * The form of a file that has one event in a line.
 */
interface EventLines {

	String contentType();

	/**
	 * Returns what the file begins with.
	 * @return the bytes, possibly none
	 */
	byte[] head();

	/**
	 * Writes an event.
	 * @param event the event
	 * @param body its bytes as they were received
	 * @return the line with its end
	 */
	byte[] line(StoredEvent event, byte[] body);

}
