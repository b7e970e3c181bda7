package io.pulsehook.test;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.DeliveryStatus;

/**
 * The delivery of one event to one handler, as a test sees it.
 *
 * @param eventId the event's place in the order of receipt
 * @param handler the handler's bean name
 * @param status how far it is
 * @param attempts how many attempts have ended
 * @param putOffs how many of these have spent no retry, since the handler rested or asked
 * to be called later
 * @param error the error of the last attempt in a line, {@code null} if it did not fail
 */
public record TestDelivery(long eventId, String handler, DeliveryStatus status, int attempts, int putOffs,
		@Nullable String error) {

}
