package io.pulsehook.inbox.model;

import java.time.Duration;

/**
 * Is told of what the inbox does. It has to be quick: commits and requests may have to
 * wait until it returns.
 */
public interface InboxListener {

	/**
	 * Called when a group of writes is on disk.
	 * @param writes how many shared the commit
	 * @param took how long they and the commit took
	 */
	default void committed(int writes, Duration took) {
	}

	/**
	 * Called when an event is on disk.
	 * @param event the event
	 * @param duplicate whether it had been stored before
	 */
	default void stored(NewEvent event, boolean duplicate) {
	}

	/**
	 * Called when an outage is over.
	 * @param outage the outage
	 */
	default void recovered(Outage outage) {
	}

	/**
	 * Called when other replicas have died and their deliveries were taken over.
	 * @param replicas how many have died
	 */
	default void tookOver(int replicas) {
	}

}
