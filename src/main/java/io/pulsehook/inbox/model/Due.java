package io.pulsehook.inbox.model;

import java.time.Duration;
import java.util.List;

/**
 * Deliveries that may run now.
 *
 * @param deliveries the first of them, in the order in which they became due
 * @param more whether there may be more of them
 * @param pause how long the handler may begin no more because of its rate; zero if it may
 */
public record Due(List<DueDelivery> deliveries, boolean more, Duration pause) {

	/** Finds deliveries of a handler that may begin more at any time. */
	public Due(List<DueDelivery> deliveries, boolean more) {
		this(deliveries, more, Duration.ZERO);
	}

}
