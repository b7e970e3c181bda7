package io.pulsehook.dispatch;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

import io.micrometer.observation.ObservationRegistry;

import io.pulsehook.dispatch.attempt.AttemptListener;
import io.pulsehook.dispatch.attempt.Attempts;
import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.event.EventReader;
import io.pulsehook.inbox.Deliveries;
import io.pulsehook.threads.CoreThreads;

/**
 * Makes the loops that run the handlers. It keeps what outlives a single loop, such as
 * the listeners to attempts.
 */
public final class DispatchLoopFactory {

	private final Deliveries deliveries;

	private final EventReader reader;

	private final ObservationRegistry observations;

	private final InstantSource clock;

	private final LongSupplier nanoTime;

	private final CoreThreads threads;

	private final List<AttemptListener> listeners = new CopyOnWriteArrayList<>();

	private volatile LongFunction<String> eventAddress = (event) -> "event " + event;

	/**
	 * Creates a factory.
	 * @param deliveries where loops claim and finish deliveries
	 * @param reader binds the stored bytes to records
	 * @param observations where attempts are traced
	 * @param clock tells which deliveries are due
	 * @param threads watch the threads of the loops
	 */
	public DispatchLoopFactory(Deliveries deliveries, EventReader reader, ObservationRegistry observations,
			InstantSource clock, CoreThreads threads) {
		this(deliveries, reader, observations, clock, System::nanoTime, threads);
	}

	DispatchLoopFactory(Deliveries deliveries, EventReader reader, ObservationRegistry observations,
			InstantSource clock, LongSupplier nanoTime, CoreThreads threads) {
		this.deliveries = deliveries;
		this.reader = reader;
		this.observations = observations;
		this.clock = clock;
		this.nanoTime = nanoTime;
		this.threads = threads;
	}

	/**
	 * Sets the address of the page that shows an event and the exceptions of its
	 * handlers. The log names it with each failure.
	 * @param address gives an event's address by its id
	 */
	public void showEventsAt(LongFunction<String> address) {
		this.eventAddress = address;
	}

	/**
	 * Adds a listener to attempts, also to those of a loop that already runs.
	 * @param listener the listener
	 */
	void listen(AttemptListener listener) {
		this.listeners.add(listener);
	}

	DispatchLoop create(List<RegisteredHandler> handlers) {
		Attempts attempts = new Attempts(this.reader, this.deliveries, this.listeners, this.observations,
				this.eventAddress);
		return new DispatchLoop(handlers, this.deliveries, attempts, this.clock, this.nanoTime, this.threads);
	}

}
