package io.pulsehook.inbox.write;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.DataDirectoryException;
import io.pulsehook.inbox.model.InboxListener;

/**
 * What the two databases do each in its own way. All other SQL is the same for both.
 */
public interface Dialect extends AutoCloseable {

	/**
	 * Ends the statement that inserts the state of an order. Of two with the same time,
	 * the one of the higher rank is the later, and of equal rank the one received later.
	 * The rank that is there counts only if it is that of the event that is there: a
	 * replica of a former version does not know of it.
	 */
	String KEEP_LATER_ORDER = """
			on conflict (ordering_key) do update set event_id = excluded.event_id, updated_at = excluded.updated_at,
				status_rank = excluded.status_rank, ranked_event_id = excluded.ranked_event_id
			where (excluded.updated_at, excluded.status_rank) >= (pulsehook_order.updated_at,
				case when pulsehook_order.ranked_event_id = pulsehook_order.event_id
					then pulsehook_order.status_rank else 0 end)
			""";

	// A connection for the writer: a commit on it returns when it is on disk.
	Connection writer() throws SQLException;

	// Connections to read with, beside the writer and without waiting for it.
	DataSource readers();

	// Whether other processes may use it at the same time.
	boolean isShared();

	// Whether the database refused the data, as opposed to being unable to write at all.
	boolean refusesData(SQLException ex);

	// What is to be done if this means that the database is damaged, which no waiting
	// mends; else null.
	@Nullable DataDirectoryException damage(SQLException ex);

	// Fails if what was committed is not where the next start will look for it.
	void verify() throws SQLException;

	// How long nothing may be written without a look whether something could be.
	Duration idleLimit();

	// Whether the database refused a commit for what it was to announce with it.
	boolean refusesAnnouncement(SQLException ex);

	// A statement that succeeds when there is room to write again.
	String probe();

	// Begins a transaction, when it is this process's turn to write.
	void begin(Session session) throws SQLException;

	// Stores the events of many requests.
	void store(Session session, List<Intake> intakes) throws SQLException;

	// Writes how many attempts ended, and wakes what waited behind them.
	void finish(Session session, List<Finish> finishes) throws SQLException;

	// Ends a transaction but for its commit.
	void announce(Session session) throws SQLException;

	// The unfinished deliveries to select from, as d: by the index that has no others,
	// where the planner might walk through all that is done.
	String unfinished();

	// A query for the ids, from one to another, of a contact's events. Of what stands for
	// these three in the statement, in this order.
	String ofContact(String lower, String upper, String contact);

	// How many ids that query may go over at once without holding anybody up.
	long contactSpan();

	// How this process takes part in running deliveries.
	Runner runner(Writer writer, Subscriptions subscriptions, InboxListener observer);

	// How deliveries get into the hands of that runner.
	Claims claims(Writer writer, Runner runner) throws SQLException;

	// Where handlers say what they are at work on.
	AtWork atWork();

	// What the database no longer needs of the disk.
	FileSpace space(Writer writer);

	@Override
	void close() throws Exception;

}
