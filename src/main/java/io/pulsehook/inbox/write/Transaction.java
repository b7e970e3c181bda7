package io.pulsehook.inbox.write;

import java.sql.Connection;
import java.sql.SQLException;

import io.pulsehook.inbox.model.Arrivals;

/**
 * The transaction of one group commit, as a write sees it.
 */
public interface Transaction extends Session {

	/** The subscriptions of all processes, as this transaction has read them. */
	Subscriptions subscriptions();

	/** What the commit brings: listeners are told of it once it is on disk. */
	Arrivals arrivals();

	/** Stores an intake together with all others of this transaction. */
	void store(Intake intake);

	/** Writes how an attempt ended, together with all others of this transaction. */
	void finish(Finish finish);

	/**
	 * Leaves a statement to the end of this transaction, where it may share a round trip
	 * with the commit. Nobody learns of its result.
	 */
	void defer(BoundStatement statement);

	/**
	 * Runs an action once this transaction is on disk, outside of any transaction. A
	 * failure of the action changes nothing about what was committed.
	 */
	void afterCommit(AfterCommit action);

	/** Something that cannot be done in a transaction. */
	@FunctionalInterface
	interface AfterCommit {

		void run(Connection connection) throws SQLException;

	}

}
