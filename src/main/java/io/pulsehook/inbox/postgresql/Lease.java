package io.pulsehook.inbox.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.pulsehook.inbox.commit.Writer;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.write.Subscriptions;
import io.pulsehook.inbox.write.Transaction;

/**
 * The lease of this replica: while it lasts, what the replica has claimed is its own to
 * run. Whoever does not renew it in time is given up, see {@link Takeover}.
 */
final class Lease {

	private static final Log logger = LogFactory.getLog(Lease.class);

	private final Writer writer;

	private final Duration length;

	private volatile List<Subscription> subscriptions = List.of();

	private final LeaseTerm term;

	Lease(Writer writer, Duration length, LeaseTerm term) {
		this.term = term;
		this.writer = writer;
		this.length = length;
	}

	/**
	 * Returns what this replica claims deliveries by.
	 * @return the id of the lease, which no other replica ever has
	 */
	long id() {
		return this.term.id();
	}

	/**
	 * Whether deliveries that were claimed by an id may still be run here.
	 * @param id the id of the lease that they were claimed by
	 * @return {@code false} if another replica may have them by now
	 */
	boolean holds(long id) {
		return this.term.holds(id);
	}

	/**
	 * Registers this replica with its handlers, through an outage if need be.
	 * @param subscriptions the handlers of this replica
	 */
	void register(List<Subscription> subscriptions) {
		this.subscriptions = List.copyOf(subscriptions);
		long asked = System.nanoTime();
		hold(this.writer.submitSurely(this::register).join(), asked);
	}

	// Keeps the id, and with it the claims, unless this replica was given up.
	private long register(Transaction session) throws SQLException {
		long id = id();
		if (RunnerTable.renew(session.prepare(RunnerTable.RENEW), id, this.length)) {
			Subscriptions.delete(session, id);
		}
		else {
			Takeover.takeBackCounts(session, id);
			id = RunnerTable.insert(session, this.length);
		}
		Subscriptions.save(session, id, this.subscriptions);
		RunnerTable.announceSubscriptions(session);
		return id;
	}

	/**
	 * Renews the lease, or registers anew if others have given this replica up.
	 * @param connection a connection that commits each statement
	 * @throws SQLException if the database fails
	 */
	void renew(Connection connection) throws SQLException {
		long id = id();
		long asked = System.nanoTime();
		try (PreparedStatement statement = connection.prepareStatement(RunnerTable.RENEW)) {
			if (RunnerTable.renew(statement, id, this.length)) {
				hold(id, asked);
				return;
			}
		}
		logger.warn("This replica was not heard of for " + this.length.toSeconds()
				+ " s, so that others have taken over what it was doing. It begins anew.");
		long askedAnew = System.nanoTime();
		hold(this.writer.submitAndWait(this::register), askedAnew);
	}

	private void hold(long id, long asked) {
		this.term.renew(id, asked, this.length);
	}

	/** Gives the lease up, so that what was claimed is due for others at once. */
	void giveUp() {
		long id = id();
		this.term.end();
		this.writer.submitAndWait((session) -> {
			RunnerTable.delete(session, id);
			return Takeover.release(session);
		});
	}

	/**
	 * Leaves the lease to run out, for what still runs here, but says that this process
	 * ends in order: none of its deliveries is counted as what ended it.
	 */
	void sayFarewell() {
		long id = id();
		if (id != LeaseTerm.NOBODY) {
			this.writer.submit((session) -> RunnerTable.markFarewell(session, id));
		}
	}

}
