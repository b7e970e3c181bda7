package io.pulsehook.inbox.replica;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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

	/** How soon an outage is noticed that begins while this replica is registered. */
	private static final Duration GLANCE = Duration.ofMillis(50);

	private volatile List<Subscription> subscriptions = List.of();

	private final LeaseTerm term;

	/** The last registration that was asked for, which waits for the end of an outage. */
	private volatile CompletableFuture<Registration> asked = CompletableFuture.completedFuture(Registration.NONE);

	/** Completes when the lease is held that this registration began. */
	private volatile CompletableFuture<Void> held = CompletableFuture.completedFuture(null);

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
	 * Registers this replica with its handlers, through an outage if need be. If the
	 * database may be away, an outage is not waited for: the lease is held, and anything
	 * claimed, from the moment on when the registration is on disk.
	 * @param subscriptions the handlers of this replica
	 * @return {@code false} if the registration is still to be written
	 */
	boolean register(List<Subscription> subscriptions) {
		cancelRegistration();
		this.subscriptions = List.copyOf(subscriptions);
		this.asked = this.writer.submitSurely(this::register);
		// The writer's thread holds the lease before it writes anything else, so that
		// nothing registers this replica once more.
		this.held = this.asked.thenAccept(this::hold);
		if (this.writer.mayBeAway()) {
			return isOnDiskBeforeAnOutage();
		}
		this.held.join();
		return true;
	}

	private boolean isOnDiskBeforeAnOutage() {
		while (this.writer.outage() == null) {
			try {
				this.held.get(GLANCE.toMillis(), TimeUnit.MILLISECONDS);
				return true;
			}
			catch (TimeoutException ex) {
				// Look again whether there is an outage.
			}
			catch (ExecutionException ex) {
				throw new CompletionException(ex.getCause());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return false;
			}
		}
		return this.held.isDone();
	}

	/**
	 * Whether no registration is still to be written. Until then there is nothing to
	 * renew.
	 */
	boolean isSettled() {
		return this.held.isDone();
	}

	// A replica that ends must not appear once more when the database is back.
	private void cancelRegistration() {
		this.asked.cancel(false);
	}

	// Keeps the id, and with it the claims, unless this replica was given up.
	private Registration register(Transaction session) throws SQLException {
		long asked = System.nanoTime();
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
		return new Registration(id, asked);
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
				hold(new Registration(id, asked));
				return;
			}
		}
		if (id != LeaseTerm.NOBODY) {
			logger.warn("This replica was not heard of for " + this.length.toSeconds()
					+ " s, so that others have taken over what it was doing. It begins anew.");
		}
		hold(this.writer.submitAndWait(this::register));
	}

	private void hold(Registration registration) {
		this.term.renew(registration.id(), registration.asked(), this.length);
	}

	/** Gives the lease up, so that what was claimed is due for others at once. */
	void giveUp() {
		cancelRegistration();
		long id = id();
		this.term.end();
		if (id != LeaseTerm.NOBODY) {
			this.writer.submitAndWait((session) -> {
				RunnerTable.delete(session, id);
				return Takeover.release(session);
			});
		}
	}

	/**
	 * Leaves the lease to run out, for what still runs here, but says that this process
	 * ends in order: none of its deliveries is counted as what ended it.
	 */
	void sayFarewell() {
		cancelRegistration();
		long id = id();
		if (id != LeaseTerm.NOBODY) {
			this.writer.submit((session) -> RunnerTable.markFarewell(session, id));
		}
	}

	/**
	 * A replica that is registered, or has renewed its lease.
	 *
	 * @param id the id of the lease
	 * @param asked when the server was asked for it, by {@link System#nanoTime()}
	 */
	private record Registration(long id, long asked) {

		private static final Registration NONE = new Registration(LeaseTerm.NOBODY, 0);

	}

}
