package io.pulsehook.dispatch.lane;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Notices when a fast handler stalls. Many deliveries may then wait for its threads that
 * other replicas could run.
 */
final class StallGuard {

	/**
	 * A handler has stalled when none of its attempts ends for this time. Anything but
	 * the handler holds a process up for less.
	 */
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
	 * Removes the deliveries that wait behind a stalled handler, but for the few that may
	 * wait for any handler.
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
