package io.pulsehook.dispatch.lane;

import java.time.Instant;

/**
 * A delivery whose handler has been called and has not returned.
 *
 * @param eventId the event's id
 * @param handler the handler's id
 * @param since when the handler was called
 * @param hung whether it was interrupted for its timeout and has not reacted: its slot
 * and its key stay taken until its thread ends
 */
public record RunningDelivery(long eventId, String handler, Instant since, boolean hung) {

}
