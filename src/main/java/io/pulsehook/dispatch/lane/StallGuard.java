package io.pulsehook.dispatch.lane;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Notices that a handler stands still that was fast, and has much waiting for its threads
 * that other replicas could run.
 */
final class StallGuard {

	/** A process is held up for less than that by anything but the handler. */
	private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final HandlerThreads threads;

	private final AdaptivePrefetch prefetch;

	private final LongSupplier nanoTime;

	private long stalledSince;

	StallGuard(HandlerThreads threads, AdaptivePrefetch prefetch, LongSupplier nanoTime) {
		this.threads = threads;
		this.prefetch = prefetch;
		this.nanoTime = nanoTime;
		this.stalledSince = nanoTime.getAsLong();
	}

	/**
	 * Takes away what waits behind a handler that stands still, but for the few that any
	 * handler may have waiting.
	 * @return the deliveries to give back, none as long as attempts end
	 */
	List<Run> removeStalled() {
		long now = this.nanoTime.getAsLong();
		if (this.prefetch.hasProgressed() || this.threads.waiting() <= AdaptivePrefetch.MIN) {
			this.stalledSince = now;
			return List.of();
		}
		if (now - this.stalledSince <= STALL_NANOS) {
			return List.of();
		}
		this.prefetch.reset();
		return this.threads.removeWaitingBeyond(AdaptivePrefetch.MIN);
	}

}
