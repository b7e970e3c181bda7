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
	 * Makes the handlers of this process known, and begins to tell what is due.
	 * @param subscriptions the handlers of this process
	 * @param listener is told of what other processes brought
	 * @return {@code false} if the database is away and may be: the handlers become known
	 * before anything else is written when it is back, and nothing is claimed until then
	 */
	boolean join(List<Subscription> subscriptions, Consumer<Arrivals> listener);

	/** Lets others take over, once nothing runs here any more. */
	void leave();

	/**
	 * Returns the id that deliveries are claimed by.
	 * @return the id, which changes when this process was given up and begins anew
	 */
	long id();

	/**
	 * Whether deliveries that were claimed by an id are still this process's to run.
	 * @param claimedBy the id
	 * @return {@code false} if another process may have taken them over
	 */
	boolean holds(long claimedBy);

	@Override
	void close();

}
