package io.pulsehook.reconcile;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.pulsehook.inbox.model.InboxUnavailableException;

/**
 * Compares what SendPulse has with what it sent. One reconciliation runs at a time, in
 * one of the processes that share the database.
 */
public final class Reconciliations {

	/**
	 * Begins a reconciliation of all accounts and returns at once.
	 * @param window how far it looks back from now
	 * @return the reconciliation; the one that runs already, if one does
	 * @throws IllegalArgumentException if the window is longer than the retention of
	 * events, or not positive
	 * @throws InboxUnavailableException if it could not be stored
	 */
	public Reconciliation start(Duration window) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Finds a reconciliation.
	 * @param id its id
	 * @return the reconciliation, if there is one
	 */
	public Optional<Reconciliation> find(long id) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Lists reconciliations.
	 * @param limit how many at most
	 * @return the newest ones, the newest first
	 */
	public List<Reconciliation> newest(int limit) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Lists what a reconciliation has found.
	 * @param id its id
	 * @return the messages that SendPulse never sent, contact by contact and in the order
	 * of their times; none if there is no such reconciliation
	 */
	public List<MissingMessage> missing(long id) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Stores what a reconciliation has found, at the end of each contact's order. Each
	 * message is compared again first, since it may have arrived late. May be repeated:
	 * no message is stored twice.
	 * @param id its id
	 * @return how many were stored now
	 * @throws InboxUnavailableException if not all could be stored; those that were
	 * remain stored
	 */
	public long store(long id) {
		throw new UnsupportedOperationException();
	}

}
