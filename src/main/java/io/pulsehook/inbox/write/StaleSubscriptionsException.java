package io.pulsehook.inbox.write;

import java.sql.SQLException;

/**
 * Thrown when a transaction that was prepared before it was this process's turn to write
 * finds that the subscriptions have changed. Nothing of it has been stored; it has to
 * begin again with the new ones.
 */
public final class StaleSubscriptionsException extends SQLException {

	private static final long serialVersionUID = 1L;

	public StaleSubscriptionsException() {
		super("The subscriptions have changed.");
	}

}
