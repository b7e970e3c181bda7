package io.pulsehook.dispatch.handler;

import io.pulsehook.Delivery;
import io.pulsehook.event.Event;

/**
 * An event that is passed on to another system.
 *
 * @param id the event's id, or 0 for a sample
 * @param type the simple name of its record, also of one that was not recognised
 * @param event the event as handlers receive it
 * @param body the element's bytes as they came
 * @param delivery what is known of the delivery
 */
public record OutgoingEvent(long id, String type, Event event, byte[] body, Delivery delivery) {

	/** What the id of a delivery begins with that tries whether a destination answers. */
	public static final String TEST_PREFIX = "test-";

	/**
	 * Tells whether this is a sample that the operator sent to see whether the
	 * destination answers. It is not stored.
	 * @return {@code false} for an event that was received
	 */
	public boolean isTest() {
		return this.id == 0;
	}

}
