package io.pulsehook.dispatch.lane;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.Deliveries;
import io.pulsehook.inbox.model.BurstLimits;
import io.pulsehook.inbox.model.DueDelivery;

/**
 * The deliveries that a handler gets in one attempt. Which ones they are is decided and
 * on disk before the handler is called. It is used on the handler's thread.
 */
final class Burst {

	private final DueDelivery claimed;

	private final BurstLimits limits;

	private final Deliveries deliveries;

	private List<DueDelivery> members = List.of();

	private @Nullable RuntimeException failure;

	/**
	 * Creates a burst.
	 * @param claimed the first of its deliveries, as it was claimed
	 * @param limits how many deliveries are handled together
	 * @param deliveries know which ones
	 */
	Burst(DueDelivery claimed, BurstLimits limits, Deliveries deliveries) {
		this.claimed = claimed;
		this.limits = limits;
		this.deliveries = deliveries;
	}

	/**
	 * Returns the delivery that stands for all, and whose outcome is that of all.
	 */
	DueDelivery head() {
		return this.claimed.inBurst(this.claimed.eventId());
	}

	/**
	 * Decides which deliveries belong to it.
	 * @return {@code false} if they must not be run now, and the first one has to be
	 * given back
	 */
	boolean close() {
		try {
			this.members = this.deliveries.burst(this.claimed, this.limits);
			return !this.members.isEmpty();
		}
		catch (RuntimeException ex) {
			this.failure = ex;
			return true;
		}
	}

	/**
	 * Returns its deliveries in their order.
	 * @throws RuntimeException why they could not be found out: the attempt has failed by
	 * it
	 */
	List<DueDelivery> members() {
		if (this.failure != null) {
			throw this.failure;
		}
		return this.members;
	}

}
