package io.pulsehook.inbox.write;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.DataDirectoryException;
import io.pulsehook.inbox.model.DueDelivery;

/**
 * What the two databases do each in its own way. All other SQL is the same for both.
 */
public interface Dialect {

	/**
	 * Ends the statement that inserts the state of an order. Of two states with the same
	 * time, the one of the higher rank is the later, and of equal rank the one received
	 * later. The stored rank counts only if it is that of the stored event: a replica of
	 * a former version updates the event without its rank.
	 */
	String KEEP_LATER_ORDER = """
			on conflict (ordering_key) do update set event_id = excluded.event_id, updated_at = excluded.updated_at,
				status_rank = excluded.status_rank, ranked_event_id = excluded.ranked_event_id
			where (excluded.updated_at, excluded.status_rank) >= (pulsehook_order.updated_at,
				case when pulsehook_order.ranked_event_id = pulsehook_order.event_id
					then pulsehook_order.status_rank else 0 end)
			""";

	/** Ends the statement that inserts how many events came within a minute. */
	String ADD_TO_COUNT = """
			on conflict (minute, kind, type, service, result) do update set events = pulsehook_minute.events + excluded.events
			""";

	/** Opens a connection for the writer: a commit on it returns when it is on disk. */
	Connection writer() throws SQLException;

	/** Connections to read with, beside the writer and without waiting for it. */
	DataSource readers();

	/** Whether other processes may use the database at the same time. */
	boolean isShared();

	/**
	 * Whether this process starts and goes on without the database, since something else
	 * keeps what arrives until it is back.
	 */
	default boolean mayBeAway() {
		return false;
	}

	/**
	 * Why the database could not be reached when it was opened.
	 * @return the failure, or {@code null} if it was reached
	 */
	default @Nullable Throwable away() {
		return null;
	}

	/** Whether the database refused the data, as opposed to being unable to write. */
	boolean refusesData(SQLException ex);

	/**
	 * Finds out whether the database is damaged, which no waiting repairs.
	 * @return what is to be done about it, or {@code null} if it is not damaged
	 */
	@Nullable DataDirectoryException damage(SQLException ex);

	/** Fails if the next start would not find what was just committed. */
	void verify() throws SQLException;

	/** How long the writer may be idle before it checks that it could still write. */
	Duration idleLimit();

	/** Whether the database refused a commit because of what it was to announce. */
	boolean refusesAnnouncement(SQLException ex);

	/** A statement that succeeds once there is room to write again. */
	String probe();

	/**
	 * Begins a transaction when it is this process's turn to write, and brings the
	 * subscriptions up to date.
	 */
	void begin(Session session, Subscriptions subscriptions) throws SQLException;

	/** Lets anybody claim deliveries that were sent ahead to a handler and rejected. */
	void requeue(Transaction transaction, List<DueDelivery> rejected) throws SQLException;

	/**
	 * Writes how many attempts ended, and makes due what waited behind them. Then stores
	 * the events of many requests, each with its deliveries.
	 * @throws StaleSubscriptionsException if the transaction has awaited its turn until
	 * now, and the subscriptions have changed meanwhile
	 */
	void write(IntakeTransaction transaction, List<Finish> finishes, List<Intake> intakes) throws SQLException;

	/** Adds counts to those that are stored. */
	void count(Transaction transaction, List<MinuteCount> counts) throws SQLException;

	/** Tells other processes, with the commit, what it brings. */
	void announce(Transaction transaction) throws SQLException;

	/**
	 * Runs what a transaction has left for its end, commits it, and returns when it is on
	 * disk.
	 */
	void commit(Session session, List<BoundStatement> deferred) throws SQLException;

	/**
	 * The table of unfinished deliveries, as {@code d}, to select from. It names the
	 * index of unfinished deliveries, since a planner might read all that are done.
	 */
	String unfinished();

	/**
	 * A query for the ids of a contact's events.
	 * @param lower stands for the lowest id, and comes first in the statement
	 * @param upper stands for the highest id, and comes second
	 * @param contact stands for the contact's id, and comes last
	 */
	String ofContact(String lower, String upper, String contact);

	/** The number of ids that this query may go over without holding anybody up. */
	long contactSpan();

}
