package io.pulsehook.inbox.query;

import io.pulsehook.inbox.model.DeliveryStatus;

/**
 * The number of a handler's deliveries that have a status.
 *
 * @param handler the handler's id
 * @param status the status; {@link DeliveryStatus#RUNNING} for those that a replica has
 * claimed, which are counted among the pending and retrying ones as well
 * @param deliveries their number
 */
public record DeliveryCount(String handler, DeliveryStatus status, long deliveries) {

}
