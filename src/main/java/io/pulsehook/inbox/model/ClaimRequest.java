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
 * @param probe whether the delivery is to show if a resting handler works again: of all
 * processes one at a time gets such a one, and only after the rest
 */
public record ClaimRequest(String handler, Traffic traffic, Instant now, int limit, boolean interrupted,
		boolean probe) {

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

	/**
	 * Asks for a handler that does not rest.
	 * @param handler the handler's id
	 * @param traffic whether newly received events or replays
	 * @param now the time until which a delivery has to be due
	 * @param limit how many at most
	 * @param interrupted whether a delivery is wanted that runs alone
	 */
	public ClaimRequest(String handler, Traffic traffic, Instant now, int limit, boolean interrupted) {
		this(handler, traffic, now, limit, interrupted, false);
	}

	/**
	 * Asks for a delivery that shows if a resting handler works again.
	 * @param handler the handler's id
	 * @param traffic whether newly received events or replays
	 * @param now the time until which a delivery has to be due
	 * @param interrupted whether a delivery is wanted that runs alone
	 * @return the request for one delivery
	 */
	public static ClaimRequest probe(String handler, Traffic traffic, Instant now, boolean interrupted) {
		return new ClaimRequest(handler, traffic, now, 1, interrupted, true);
	}

}
