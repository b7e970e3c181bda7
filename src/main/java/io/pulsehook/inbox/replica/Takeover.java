package io.pulsehook.inbox.replica;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.pulsehook.inbox.commit.Writer;
import io.pulsehook.inbox.model.InboxListener;
import io.pulsehook.inbox.write.Session;
import io.pulsehook.inbox.write.Transaction;

/**
 * Gives up replicas whose lease has ended, and makes due again what they had claimed.
 */
final class Takeover {

	private static final Log logger = LogFactory.getLog(Takeover.class);

	private static final String FIND_EXPIRED = """
			select id, farewell from pulsehook_runner where lease_until < clock_timestamp() order by id
			""";

	private static final String LOCK_EXPIRED = FIND_EXPIRED + " for update";

	/**
	 * Counts all that a dead replica had claimed, since nobody knows on which of it
	 * handlers were at work and what waited for a thread. What is counted twice is
	 * claimed one at a time, so that its count is exact from then on.
	 */
	private static final String COUNT_INTERRUPTED = """
			insert into pulsehook_interruption as i (event_id, handler, run, times, runner_id)
			select event_id, handler, run, 1, runner_id from pulsehook_delivery where runner_id = ?
			on conflict (event_id, handler) do update set
				times = case when i.run = excluded.run then i.times + 1 else 1 end,
				run = excluded.run, runner_id = excluded.runner_id
			""";

	private static final String TAKE_BACK_ONLY_COUNT = """
			delete from pulsehook_interruption where runner_id = ? and times = 1
			""";

	private static final String TAKE_BACK_COUNT = """
			update pulsehook_interruption set times = times - 1, runner_id = null where runner_id = ?
			""";

	private static final String RELEASE = """
			update pulsehook_delivery d set runner_id = null
			where d.runner_id is not null and not exists (select 1 from pulsehook_runner r where r.id = d.runner_id)
			returning d.handler
			""";

	private final Writer writer;

	private final InboxListener observer;

	private final Duration lease;

	Takeover(Writer writer, InboxListener observer, Duration lease) {
		this.writer = writer;
		this.observer = observer;
		this.lease = lease;
	}

	/**
	 * Gives up all replicas whose lease has ended by now.
	 * @param connection looks for them, so that the writer is left alone if there are
	 * none
	 * @throws SQLException if the database fails
	 */
	void run(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(FIND_EXPIRED)) {
			if (!row.next()) {
				return;
			}
		}
		Taken taken = this.writer.submitAndWait(Takeover::takeOver);
		if (taken.runners() > 0) {
			logger.warn(taken.runners() + " of the replicas were not heard of for " + this.lease.toSeconds()
					+ " s. The " + taken.deliveries() + " deliveries that they had at hand are due again.");
			this.observer.tookOver(taken.runners());
		}
	}

	// Looks again in the writer's transaction and locks the rows: a replica that has
	// renewed its lease by then keeps it, and from then on none of these can.
	private static Taken takeOver(Transaction session) throws SQLException {
		int runners = 0;
		try (ResultSet row = session.prepare(LOCK_EXPIRED).executeQuery()) {
			while (row.next()) {
				long id = row.getLong("id");
				if (!row.getBoolean("farewell")) {
					execute(session, COUNT_INTERRUPTED, id);
				}
				RunnerTable.delete(session, id);
				runners++;
			}
		}
		return new Taken(runners, (runners > 0) ? release(session) : 0);
	}

	/**
	 * Makes due again what replicas had claimed that have been deleted.
	 * @param session the transaction that deleted them
	 * @return how many deliveries that were
	 * @throws SQLException if the database fails
	 */
	static int release(Transaction session) throws SQLException {
		RunnerTable.announceSubscriptions(session);
		int deliveries = 0;
		try (ResultSet row = session.prepare(RELEASE).executeQuery()) {
			while (row.next()) {
				session.arrivals().due(row.getString("handler"));
				deliveries++;
			}
		}
		return deliveries;
	}

	/**
	 * Takes back what was counted when a replica was given up that has not ended, but
	 * could not be heard of.
	 * @param session the transaction
	 * @param id the id of its lost lease
	 * @throws SQLException if the database fails
	 */
	static void takeBackCounts(Session session, long id) throws SQLException {
		execute(session, TAKE_BACK_ONLY_COUNT, id);
		execute(session, TAKE_BACK_COUNT, id);
	}

	private static void execute(Session session, String sql, long id) throws SQLException {
		PreparedStatement statement = session.prepare(sql);
		statement.setLong(1, id);
		statement.executeUpdate();
	}

	private record Taken(int runners, int deliveries) {

	}

}
