package io.pulsehook.inbox.write;

import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.NewEvent;

/**
 * The transaction of one group commit, as a dialect sees it while it stores events.
 */
public interface IntakeTransaction extends Transaction {

	/**
	 * Whether it may be another process's turn to write still, so that what is written
	 * first has to wait for this process's. The subscriptions are those that were loaded
	 * last, and nothing may be stored by them if they have changed.
	 */
	boolean awaitsTurn();

	/** Notes that an element of an intake was stored. */
	void accepted(Intake intake, NewEvent event);

	/** Notes that an element of an intake had been stored before. */
	void repeated(Intake intake, NewEvent event);

	/** The number of deliveries that this transaction may send ahead to a handler. */
	int creditsFor(String handler);

	/**
	 * Sends a delivery ahead that is stored and claimed for a handler of this process.
	 */
	void handOver(DueDelivery delivery);

}
