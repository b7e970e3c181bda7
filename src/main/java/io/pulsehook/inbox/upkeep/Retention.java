package io.pulsehook.inbox.upkeep;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

import io.pulsehook.inbox.commit.Writer;
import io.pulsehook.inbox.reconciliation.ErasedContacts;
import io.pulsehook.inbox.replay.EndedReplays;
import io.pulsehook.inbox.write.Session;

/**
 * Deletes what has been kept for long enough. Each call is one small write, so that
 * intake goes on in between.
 */
public final class Retention {

	/** Deletes at most an hour of counts, so that a long backlog takes several calls. */
	private static final String DELETE_COUNTS = """
			delete from pulsehook_minute
			where minute < ? and minute < (select min(minute) + 60 from pulsehook_minute)
			""";

	private static final String DELETE_REPLAYS = """
			delete from pulsehook_replay where finished_at <= ?
			""";

	private static final String DELETE_RECONCILIATIONS = """
			delete from pulsehook_reconciliation where finished_at <= ?
			""";

	private static final String DELETE_DECISIONS = """
			delete from pulsehook_dead_group where decided_at <= ?
			""";

	/**
	 * Deletes states of orders long after their events, so that an old state that arrives
	 * late is still recognised as superseded.
	 */
	private static final String DELETE_ORDERS = """
			delete from pulsehook_order where ordering_key in (
				select o.ordering_key from pulsehook_order o
				where o.updated_at <= ? and not exists (select 1 from pulsehook_event e where e.id = o.event_id)
				order by o.updated_at limit 1000)
			""";

	/**
	 * Deletes counts whose delivery is finished, or is in another run than the one they
	 * were counted in. Only deliveries that were claimed with a count delete it when they
	 * finish.
	 */
	private static final String DELETE_INTERRUPTIONS = """
			delete from pulsehook_interruption where (event_id, handler) in (
				select i.event_id, i.handler from pulsehook_interruption i
				where not exists (
					select 1 from pulsehook_delivery d
					where d.event_id = i.event_id and d.handler = i.handler and d.run = i.run and d.finished_at is null)
				limit 500)
			""";

	private final Writer writer;

	private final InstantSource clock;

	public Retention(Writer writer, InstantSource clock) {
		this.writer = writer;
		this.clock = clock;
	}

	/**
	 * Begins to go through the events, from the oldest on.
	 * @param periods how long events are kept
	 * @return the pass, which has deleted nothing yet
	 */
	public RetentionPass begin(RetentionPeriods periods) {
		Instant now = this.clock.instant();
		return new RetentionPass(this.writer, now.minus(periods.handled()), now.minus(periods.dead()));
	}

	/**
	 * Deletes some old counts of what arrived.
	 * @param periods how long they are kept
	 * @return how many were deleted; 0 means that no old ones are left
	 */
	public int deleteCounts(RetentionPeriods periods) {
		long end = TimeUnit.MILLISECONDS.toMinutes(this.clock.instant().minus(periods.dead()).toEpochMilli());
		return this.writer.submitAndWait((session) -> delete(session, DELETE_COUNTS, end));
	}

	/**
	 * Deletes replays that ended long ago.
	 * @param periods how long they are kept
	 * @return how many were deleted
	 */
	int deleteReplays(RetentionPeriods periods) {
		long end = this.clock.instant().minus(periods.dead()).toEpochMilli();
		return this.writer.submitAndWait((session) -> delete(session, DELETE_REPLAYS, end));
	}

	/**
	 * Deletes reconciliations that ended long ago with what they found, and forgets the
	 * contacts that were erased before any reconciliation looks back.
	 * @param periods what they found is kept as long as events that are handled
	 * @return how many reconciliations were deleted
	 */
	int deleteReconciliations(RetentionPeriods periods) {
		Instant now = this.clock.instant();
		return this.writer.submitAndWait((session) -> {
			ErasedContacts.forget(session, now.minus(periods.dead()));
			return delete(session, DELETE_RECONCILIATIONS, now.minus(periods.handled()).toEpochMilli());
		});
	}

	/**
	 * Deletes decisions about groups of dead letters that were made long ago. Those who
	 * still want them make them again, and their notes name nobody for ever.
	 * @param periods how long they are kept
	 * @return how many were deleted
	 */
	public int deleteDecisions(RetentionPeriods periods) {
		long end = this.clock.instant().minus(periods.dead()).toEpochMilli();
		return this.writer.submitAndWait((session) -> delete(session, DELETE_DECISIONS, end));
	}

	/**
	 * Removes personal data from some replays that have ended. Replays are blanked when
	 * they end, but not by a replica of an older version.
	 * @return how many were blanked; 0 means that none are left
	 */
	int blankReplays() {
		return this.writer.submitAndWait(EndedReplays::blank);
	}

	/**
	 * Deletes some counts of interruptions that nobody needs any more.
	 * @return how many were deleted; 0 means that none are left
	 */
	public int forgetInterruptions() {
		return this.writer.submitAndWait((session) -> session.prepare(DELETE_INTERRUPTIONS).executeUpdate());
	}

	/**
	 * Deletes some states of orders whose events were deleted long ago.
	 * @param periods how long they are kept
	 * @return how many were deleted; 0 means that none are left
	 */
	int deleteOrders(RetentionPeriods periods) {
		long end = this.clock.instant().minus(periods.dead()).toEpochMilli();
		return this.writer.submitAndWait((session) -> delete(session, DELETE_ORDERS, end));
	}

	private static int delete(Session session, String sql, long end) throws SQLException {
		PreparedStatement statement = session.prepare(sql);
		statement.setLong(1, end);
		return statement.executeUpdate();
	}

}
