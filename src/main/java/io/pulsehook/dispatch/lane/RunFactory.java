package io.pulsehook.dispatch.lane;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.dispatch.rest.Rests;
import io.pulsehook.inbox.Deliveries;
import io.pulsehook.inbox.model.BurstLimits;
import io.pulsehook.inbox.model.DueDelivery;

/**
 * Makes the runs of one handler's deliveries. Each run records when the handler begins
 * and ends, and how long that took.
 */
final class RunFactory {

	private final RegisteredHandler handler;

	private final @Nullable BurstLimits bursts;

	private final LaneContext context;

	private final Deliveries deliveries;

	private final Rests rests;

	private final AdaptivePrefetch prefetch;

	private final Run.Returned listener;

	/**
	 * Creates the factory.
	 * @param handler the handler to call
	 * @param context the collaborators that all lanes share
	 * @param rests tell whether the handler may be called
	 * @param prefetch is told how long attempts take
	 * @param listener is told, on the handler's thread, how each attempt ended
	 */
	RunFactory(RegisteredHandler handler, LaneContext context, Rests rests, AdaptivePrefetch prefetch,
			Run.Returned listener) {
		this.handler = handler;
		this.bursts = handler.bursts();
		this.context = context;
		this.deliveries = context.deliveries();
		this.rests = rests;
		this.prefetch = prefetch;
		this.listener = listener;
	}

	Run create(DueDelivery claimed) {
		if (this.bursts == null || claimed.replayed() || claimed.orderingKey() == null) {
			DueDelivery alone = claimed.inBurst(null);
			return create(alone, () -> List.of(alone), this::mayBegin);
		}
		Burst burst = new Burst(claimed, this.bursts, this.deliveries);
		return create(burst.head(), burst::members, (head) -> mayBegin(head) && burst.close());
	}

	// A delivery that waited for its thread may have been given back, or its handler may
	// have begun to rest.
	private boolean mayBegin(DueDelivery delivery) {
		return this.deliveries.isHeld(delivery) && this.rests.mayBegin(delivery, this.context.clock());
	}

	private Run create(DueDelivery delivery, Supplier<List<DueDelivery>> members, Predicate<DueDelivery> held) {
		return new Run(delivery, () -> attempt(delivery, members), this.listener, this.context.clock(), held);
	}

	private @Nullable String attempt(DueDelivery delivery, Supplier<List<DueDelivery>> members) throws Exception {
		long began = this.context.nanoTime().getAsLong();
		int work = this.deliveries.begun(delivery);
		try {
			return this.context.attempts().attempt(this.handler, delivery, members.get());
		}
		finally {
			this.deliveries.ended(work);
			this.prefetch.record(this.context.nanoTime().getAsLong() - began);
		}
	}

}
