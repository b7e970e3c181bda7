package io.pulsehook.inbox.write;

import java.util.List;
import java.util.function.Consumer;

import io.pulsehook.inbox.model.Arrivals;
import io.pulsehook.inbox.model.Subscription;

/**
 * This process as one of those that run deliveries, with an id by which it claims them.
 */
public interface Runner extends AutoCloseable {

	/**
	 * Registers this process with its handlers, and begins to listen to other processes.
	 * @param listener is told of what they bring
	 */
	void join(List<Subscription> subscriptions, Consumer<Arrivals> listener);

	/** Lets other processes have what this one has claimed. Nothing may run here now. */
	void leave();

	/** The id by which this process claims deliveries. */
	long id();

	/** Whether this process may still run what was claimed by an id. */
	boolean holds(long claimedBy);

	@Override
	void close();

}
