package io.pulsehook.inbox.upkeep;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

import io.pulsehook.inbox.replay.EndedReplays;
import io.pulsehook.inbox.write.Interruptions;
import io.pulsehook.inbox.write.Session;
import io.pulsehook.inbox.write.Writer;

/**
 * Deletes what has been kept for long enough. Each call is one small write, so that
 * intake goes on in between.
 */
public final class Retention {

	// An hour at most: a long backlog goes in several calls.
	private static final String DELETE_COUNTS = """
			delete from pulsehook_minute
			where minute < ? and minute < (select min(minute) + 60 from pulsehook_minute)
			""";

	private static final String DELETE_REPLAYS = """
			delete from pulsehook_replay where finished_at <= ?
			""";

	// They outlast their events, so that an old state of an order stays superseded.
	private static final String DELETE_ORDERS = """
			delete from pulsehook_order where ordering_key in (
				select o.ordering_key from pulsehook_order o
				where o.updated_at <= ? and not exists (select 1 from pulsehook_event e where e.id = o.event_id)
				order by o.updated_at limit 1000)
			""";

	private final Writer writer;

	private final InstantSource clock;

	public Retention(Writer writer, InstantSource clock) {
		this.writer = writer;
		this.clock = clock;
	}

	// Begins to go through the events, from the oldest on.
	public RetentionPass begin(RetentionPeriods periods) {
		Instant now = this.clock.instant();
		return new RetentionPass(this.writer, now.minus(periods.handled()), now.minus(periods.dead()));
	}

	// Deletes old counts and says how many; 0 means that there are no more.
	public int deleteCounts(RetentionPeriods periods) {
		long end = TimeUnit.MILLISECONDS.toMinutes(this.clock.instant().minus(periods.dead()).toEpochMilli());
		return this.writer.submitAndWait((session) -> delete(session, DELETE_COUNTS, end));
	}

	// Deletes replays that ended long ago and says how many.
	public int deleteReplays(RetentionPeriods periods) {
		long end = this.clock.instant().minus(periods.dead()).toEpochMilli();
		return this.writer.submitAndWait((session) -> delete(session, DELETE_REPLAYS, end));
	}

	// Blanks some replays that have ended and says how many; 0 means that there are no
	// more. A replica of a former version ends them without that.
	public int blankReplays() {
		return this.writer.submitAndWait(EndedReplays::blank);
	}

	// Forgets some ends of the process that nobody has to know of any more and says how
	// many; 0 means that there are no more.
	public int forgetInterruptions() {
		return this.writer.submitAndWait(Interruptions::forgetFinished);
	}

	// Deletes some states of orders whose events are gone for long and says how many; 0
	// means that there are no more.
	public int deleteOrders(RetentionPeriods periods) {
		long end = this.clock.instant().minus(periods.dead()).toEpochMilli();
		return this.writer.submitAndWait((session) -> delete(session, DELETE_ORDERS, end));
	}

	private static int delete(Session session, String sql, long end) throws SQLException {
		PreparedStatement statement = session.prepare(sql);
		statement.setLong(1, end);
		return statement.executeUpdate();
	}

}
