package io.pulsehook.inbox.write;

import java.util.List;
import java.util.function.Consumer;

import io.pulsehook.inbox.model.Arrivals;
import io.pulsehook.inbox.model.Subscription;

/**
 * This process as one of those that run deliveries.
 */
public interface Runner extends AutoCloseable {

	// Makes known which handlers this process has, and begins to hear of what is due.
	void join(List<Subscription> subscriptions, Consumer<Arrivals> listener);

	// Lets others take over, once nothing runs here any more.
	void leave();

	// What deliveries are claimed by.
	long id();

	// Whether what was claimed by an id is still this process's to run.
	boolean holds(long claimedBy);

	@Override
	void close();

}
