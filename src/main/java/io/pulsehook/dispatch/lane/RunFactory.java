package io.pulsehook.dispatch.lane;

import org.jspecify.annotations.Nullable;

import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.inbox.Deliveries;
import io.pulsehook.inbox.model.DueDelivery;

/**
 * Makes the runs of one handler's deliveries. Each run records when the handler begins
 * and ends, and how long that took.
 */
final class RunFactory {

	private final RegisteredHandler handler;

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
		this.context = context;
		this.deliveries = context.deliveries();
		this.rests = rests;
		this.prefetch = prefetch;
		this.listener = listener;
	}

	Run create(DueDelivery delivery) {
		return new Run(delivery, () -> attempt(delivery), this.listener, this.context.clock(), this::mayBegin);
	}

	// What waits for a thread when its handler begins to rest is not begun.
	private boolean mayBegin(DueDelivery delivery) {
		return this.deliveries.isHeld(delivery) && this.rests.mayBegin(delivery, this.context.clock());
	}

	private @Nullable Void attempt(DueDelivery delivery) throws Exception {
		long began = this.context.nanoTime().getAsLong();
		int work = this.deliveries.begun(delivery);
		try {
			this.context.attempts().attempt(this.handler, delivery);
			return null;
		}
		finally {
			this.deliveries.ended(work);
			this.prefetch.record(this.context.nanoTime().getAsLong() - began);
		}
	}

}
