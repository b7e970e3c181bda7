package io.pulsehook.inbox.reconciliation;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.write.Session;
import io.pulsehook.inbox.write.Transaction;
import io.pulsehook.inbox.write.Write;

/**
 * Begins a reconciliation unless one runs.
 *
 * @param window how far it looks back
 * @param schedule the times of the schedule that begins it, or {@code null} if somebody
 * asks for it
 */
record BeginWrite(Duration window, @Nullable Schedule schedule) implements Write<Long> {

	/** An id that no reconciliation has. */
	private static final long NONE = 0;

	private static final String RUNNING_ONE = """
			select id from pulsehook_reconciliation where status = 'running'
			""";

	private static final String LAST_SCHEDULED = """
			select coalesce(max(started_at), -1) from pulsehook_reconciliation where scheduled = 1
			""";

	private static final String LAST_COMPARED = """
			select coalesce(max(window_to), -1) from pulsehook_reconciliation
			where scheduled = 1 and status = 'done'
			""";

	private static final String INSERT = """
			insert into pulsehook_reconciliation (status, scheduled, window_from, window_to, started_at)
			values ('running', ?, ?, ?, ?)
			returning id
			""";

	/**
	 * Returns the id of the reconciliation that runs now, or {@link #NONE} if the
	 * schedule does not begin one yet.
	 */
	@Override
	public Long apply(Transaction session) throws SQLException {
		long running = running(session);
		long now = session.now().toEpochMilli();
		boolean due = this.schedule == null || this.schedule.isDue(session.number(LAST_SCHEDULED), now);
		if (running != NONE || !due) {
			return running;
		}
		long from = now - this.window.toMillis();
		if (this.schedule != null) {
			from = Math.max(from, session.number(LAST_COMPARED) - this.schedule.overlap().toMillis());
		}
		return insert(session, from, now);
	}

	private static long running(Session session) throws SQLException {
		try (ResultSet row = session.prepare(RUNNING_ONE).executeQuery()) {
			return row.next() ? row.getLong(1) : NONE;
		}
	}

	private long insert(Session session, long from, long now) throws SQLException {
		PreparedStatement statement = session.prepare(INSERT);
		statement.setInt(1, (this.schedule != null) ? 1 : 0);
		statement.setLong(2, from);
		statement.setLong(3, now);
		statement.setLong(4, now);
		try (ResultSet inserted = statement.executeQuery()) {
			inserted.next();
			return inserted.getLong(1);
		}
	}

	/**
	 * The times of a schedule.
	 *
	 * @param interval the time between the beginnings of two reconciliations
	 * @param overlap how much of the time that one has compared the next one compares
	 * again
	 */
	record Schedule(Duration interval, Duration overlap) {

		boolean isDue(long last, long now) {
			return last < 0 || now - last >= this.interval.toMillis();
		}

	}

}
