package io.pulsehook.inbox.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Deliveries that may run now.
 *
 * @param deliveries the first of them, in the order in which they became due
 * @param more whether there may be more of them
 * @param next when the first of those may run that were passed over, or {@code null} if
 * none was
 * @param pause how long the rate of the handler lets it begin nothing; zero if it may
 * begin more now
 */
public record Due(List<DueDelivery> deliveries, boolean more, @Nullable Instant next, Duration pause) {

	/**
	 * Says what a handler may run that may begin more at any time.
	 * @param deliveries the first of them, in the order in which they became due
	 * @param more whether there may be more of them
	 * @param next when the first of those may run that were passed over, or {@code null}
	 * if none was
	 */
	public Due(List<DueDelivery> deliveries, boolean more, @Nullable Instant next) {
		this(deliveries, more, next, Duration.ZERO);
	}

	/**
	 * Says what may run now, of which nothing was passed over.
	 * @param deliveries the first of them, in the order in which they became due
	 * @param more whether there may be more of them
	 */
	public Due(List<DueDelivery> deliveries, boolean more) {
		this(deliveries, more, null);
	}

	/**
	 * Says how long the handler may begin no more.
	 * @param time the time
	 * @return the same deliveries with that pause
	 */
	public Due pausedFor(Duration time) {
		return new Due(this.deliveries, this.more, this.next, time);
	}

}
