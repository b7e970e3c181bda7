package io.pulsehook.dispatch.lane;

/**
 * Decides how many more deliveries to claim for a handler. It depends on its free
 * threads, on how many deliveries should wait for them, and on how many are in flight.
 */
final class Capacity {

	private final int concurrency;

	private final AdaptivePrefetch prefetch;

	private final InFlight inFlight;

	private final boolean ahead;

	/**
	 * Creates the capacity.
	 * @param concurrency the handler's number of threads
	 * @param prefetch how many deliveries should wait for them
	 * @param inFlight the deliveries in flight
	 * @param ahead whether deliveries may wait for a thread at all
	 */
	Capacity(int concurrency, AdaptivePrefetch prefetch, InFlight inFlight, boolean ahead) {
		this.concurrency = concurrency;
		this.prefetch = prefetch;
		this.inFlight = inFlight;
		this.ahead = ahead;
	}

	/**
	 * Counts the threads that have nothing to do. The number is negative if deliveries
	 * wait for a thread.
	 */
	int freeThreads() {
		return this.concurrency - this.inFlight.unended();
	}

	/**
	 * Returns how many deliveries a poll may claim. It returns 0 until at least half of
	 * the waiting deliveries are used up, since a few large claims cost less than many
	 * small ones. While the bodies in flight fill their share of the memory, it allows
	 * claims only if a thread is idle.
	 */
	int room() {
		int waiting = this.ahead ? this.prefetch.size() : 0;
		int room = freeThreads() + waiting;
		if (room <= waiting / 2 || (this.inFlight.isFull() && freeThreads() <= 0)) {
			return 0;
		}
		return Math.min(room, this.inFlight.room() + this.concurrency);
	}

	/**
	 * Returns how many deliveries may be handed over as soon as they are stored. A slow
	 * handler is handed only what its threads can begin at once, so that other replicas
	 * run the rest, and one whose deliveries must not wait for a thread nothing.
	 */
	int credits() {
		if (!this.ahead || this.inFlight.isFull()) {
			return 0;
		}
		int waiting = this.prefetch.size();
		int credits = freeThreads() + ((waiting > AdaptivePrefetch.MIN) ? waiting : 0);
		return Math.min(credits, this.inFlight.room());
	}

	/**
	 * Tells whether the threads will soon have nothing to do.
	 * @param waiting how many deliveries wait for a thread
	 */
	boolean isRunningLow(int waiting) {
		return waiting < this.prefetch.size() / 2;
	}

}
