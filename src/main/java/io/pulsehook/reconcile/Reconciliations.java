package io.pulsehook.reconcile;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.inbox.model.Coded;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.reconciliation.StoredMissing;
import io.pulsehook.inbox.reconciliation.StoredReconciliation;
import io.pulsehook.inbox.reconciliation.StoredReconciliations;

/**
 * Compares what SendPulse has with what it sent. One reconciliation runs at a time, in
 * one of the processes that share the database.
 */
public final class Reconciliations {

	private static final JsonMapper json = JsonMapper.shared();

	private final StoredReconciliations store;

	private final ReconciliationTask task;

	private final MissingIntake intake;

	private final Duration window;

	private final Duration retention;

	/**
	 * Creates the door.
	 * @param store where reconciliations are kept
	 * @param task works on them
	 * @param intake stores what they found
	 * @param window how far one looks back that nobody gives another window
	 * @param retention how long events are kept
	 */
	public Reconciliations(StoredReconciliations store, ReconciliationTask task, MissingIntake intake, Duration window,
			Duration retention) {
		this.store = store;
		this.task = task;
		this.intake = intake;
		this.window = window;
		this.retention = retention;
	}

	/**
	 * Returns how far a reconciliation looks back that nobody gives another window.
	 * @return the window
	 */
	public Duration window() {
		return this.window;
	}

	/**
	 * Begins a reconciliation of all accounts and returns at once.
	 * @param window how far it looks back from now
	 * @return the reconciliation; the one that runs already, if one does
	 * @throws IllegalArgumentException if the window is longer than the retention of
	 * events, or not positive
	 * @throws InboxUnavailableException if it could not be stored
	 */
	public Reconciliation start(Duration window) {
		if (window.isNegative() || window.isZero()) {
			throw new IllegalArgumentException("The window is " + window + ", but must be longer than nothing.");
		}
		if (window.compareTo(this.retention) > 0) {
			throw new IllegalArgumentException(
					"The window is " + window + ", but must not be longer than pulsehook.retention, " + this.retention
							+ ": of older messages nobody knows any more whether they were received.");
		}
		long id = this.store.begin(window);
		this.task.wake();
		return find(id).orElseThrow();
	}

	/**
	 * Finds a reconciliation.
	 * @param id its id
	 * @return the reconciliation, if there is one
	 */
	public Optional<Reconciliation> find(long id) {
		return this.store.find(id).map(Reconciliations::of);
	}

	/**
	 * Lists reconciliations.
	 * @param limit how many at most
	 * @return the newest ones, the newest first
	 */
	public List<Reconciliation> newest(int limit) {
		return this.store.newest(limit).stream().map(Reconciliations::of).toList();
	}

	/**
	 * Lists what a reconciliation has found.
	 * @param id its id
	 * @return the messages that SendPulse never sent, contact by contact and in the order
	 * of their times; none if there is no such reconciliation
	 */
	public List<MissingMessage> missing(long id) {
		return this.store.missing().of(id).stream().map(Reconciliations::of).toList();
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
		return this.intake.store(id);
	}

	/**
	 * Counts what all reconciliations have found and nobody has stored.
	 * @return how many messages that are, each counted once
	 */
	public long outstanding() {
		return this.store.missing().outstanding();
	}

	private static Reconciliation of(StoredReconciliation row) {
		NotCompared left = Hold.cursor(row.cursor()).notCompared();
		return new Reconciliation(row.id(), Coded.of(ReconciliationStatus.class, row.status()), row.from(), row.to(),
				row.startedAt(), row.finishedAt(), row.contacts(), row.missing(), row.newlyFound(), row.stored(),
				left.contactCount(), left.messages(), row.scheduled(), row.error());
	}

	private static MissingMessage of(StoredMissing row) {
		return new MissingMessage(row.source(), row.service(), row.bot(), row.contact(), name(row), row.messageId(),
				row.text(), row.at(), row.event());
	}

	private static @Nullable String name(StoredMissing row) {
		return json.readTree(row.body()).at("/contact/name").stringValue(null);
	}

}
