package io.pulsehook.dispatch.handler;

import io.pulsehook.Delivery;
import io.pulsehook.event.Event;

/**
 * An event that is passed on to another system.
 *
 * @param id the event's id
 * @param type the simple name of its record, also of one that was not recognised
 * @param event the event as handlers receive it
 * @param body the element's bytes as they came
 * @param delivery what is known of the delivery
 */
public record OutgoingEvent(long id, String type, Event event, byte[] body, Delivery delivery) {

}
