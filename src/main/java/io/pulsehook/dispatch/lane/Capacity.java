package io.pulsehook.dispatch.lane;

/**
 * How many more deliveries a handler can take, by its threads, by what should wait for
 * them and by what it has at hand.
 */
final class Capacity {

	private final int concurrency;

	private final AdaptivePrefetch prefetch;

	private final InFlight inFlight;

	Capacity(int concurrency, AdaptivePrefetch prefetch, InFlight inFlight) {
		this.concurrency = concurrency;
		this.prefetch = prefetch;
		this.inFlight = inFlight;
	}

	/**
	 * How many threads have nothing to do; negative if deliveries wait for one.
	 */
	int freeThreads() {
		return this.concurrency - this.inFlight.unended();
	}

	/**
	 * How many deliveries a poll may take. There are none while much is at hand, since
	 * few large claims cost less than many small ones; and while the bodies at hand fill
	 * the memory, there are some only if a thread has nothing to do.
	 */
	int room() {
		int waiting = this.prefetch.size();
		int room = freeThreads() + waiting;
		if (room <= waiting / 2 || (this.inFlight.isFull() && freeThreads() <= 0)) {
			return 0;
		}
		return Math.min(room, this.inFlight.room() + this.concurrency);
	}

	/**
	 * How many deliveries may be handed over as soon as they are stored. A slow handler
	 * gets only what its threads can begin, so that other replicas run the rest.
	 */
	int credits() {
		if (this.inFlight.isFull()) {
			return 0;
		}
		int waiting = this.prefetch.size();
		int credits = freeThreads() + ((waiting > AdaptivePrefetch.MIN) ? waiting : 0);
		return Math.min(credits, this.inFlight.room());
	}

	/**
	 * Whether the threads will soon have nothing to do.
	 * @param waiting how many deliveries wait for a thread
	 */
	boolean isRunningLow(int waiting) {
		return waiting < this.prefetch.size() / 2;
	}

}
