package io.pulsehook.inbox.model;

import java.time.Instant;

/**
 * Which deliveries a handler wants to run next.
 *
 * @param handler the handler's id
 * @param traffic whether newly received events or replays
 * @param now the time until which a delivery has to be due
 * @param limit how many at most
 * @param interrupted whether a delivery is wanted that the handler was at work on more
 * than once when the process ended; others never are together with such a one
 */
public record ClaimRequest(String handler, Traffic traffic, Instant now, int limit, boolean interrupted) {

	/**
	 * Asks for what anybody may run.
	 * @param handler the handler's id
	 * @param traffic whether newly received events or replays
	 * @param now the time until which a delivery has to be due
	 * @param limit how many at most
	 */
	public ClaimRequest(String handler, Traffic traffic, Instant now, int limit) {
		this(handler, traffic, now, limit, false);
	}

}
