package io.pulsehook.dispatch.lane;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Asks for the next poll while a handler's threads still have something to do. If it
 * waited for all outcomes to be on disk, the threads would be idle meanwhile. Any thread
 * may call this.
 */
final class Refill {

	private final HandlerThreads threads;

	private final Capacity capacity;

	private final Executor dispatcher;

	private final AtomicBoolean dispatcherCalled = new AtomicBoolean();

	Refill(HandlerThreads threads, Capacity capacity, Executor dispatcher) {
		this.threads = threads;
		this.capacity = capacity;
		this.dispatcher = dispatcher;
	}

	/** Calls the dispatcher, once until it hears it, if the threads run out of work. */
	void callIfLow() {
		if (this.capacity.isRunningLow(this.threads.waiting()) && this.dispatcherCalled.compareAndSet(false, true)) {
			this.dispatcher.execute(() -> this.dispatcherCalled.set(false));
		}
	}

}
