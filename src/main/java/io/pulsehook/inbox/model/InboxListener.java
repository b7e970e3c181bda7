package io.pulsehook.inbox.model;

import java.time.Duration;

/**
 * Hears of what the inbox does. To be quick: whoever tells it has to go on.
 */
public interface InboxListener {

	/**
	 * A group of writes is on disk.
	 * @param writes how many shared the commit
	 * @param took how long they and the commit took
	 */
	default void committed(int writes, Duration took) {
	}

	/**
	 * An event is on disk.
	 * @param event the event
	 * @param duplicate whether it had been there before
	 */
	default void stored(NewEvent event, boolean duplicate) {
	}

	/**
	 * An outage is over.
	 * @param outage what was the matter
	 */
	default void recovered(Outage outage) {
	}

	/**
	 * Other replicas died, and what they had at hand was taken over.
	 * @param replicas how many
	 */
	default void tookOver(int replicas) {
	}

}
