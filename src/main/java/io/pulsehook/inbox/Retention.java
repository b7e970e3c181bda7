package io.pulsehook.inbox;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Deletes what has been kept for long enough. Each call is one small write, so that
 * intake goes on in between.
 */
final class Retention {

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
			delete from pulsehook_order where updated_at <= ?
				and not exists (select 1 from pulsehook_event e where e.id = pulsehook_order.event_id)
			""";

	private final Writer writer;

	private final InstantSource clock;

	private volatile @Nullable Set<String> handlers;

	Retention(Writer writer, InstantSource clock) {
		this.writer = writer;
		this.clock = clock;
	}

	// Says which handlers there are: what waits for one of these is never deleted.
	void subscribed(Collection<Subscription> subscriptions) {
		this.handlers = subscriptions.stream().map(Subscription::handler).collect(Collectors.toUnmodifiableSet());
	}

	// Begins to go through the events, from the oldest on.
	RetentionPass begin(RetentionPeriods periods) {
		Set<String> known = this.handlers;
		if (known == null) {
			throw new IllegalStateException(
					"It is not known yet which handlers there are, so that nothing can be told from an orphan.");
		}
		Instant now = this.clock.instant();
		return new RetentionPass(this.writer, now.minus(periods.handled()), now.minus(periods.dead()),
				JsonMapper.shared().writeValueAsString(known));
	}

	// Deletes old counts and says how many; 0 means that there are no more.
	int deleteCounts(RetentionPeriods periods) {
		long end = TimeUnit.MILLISECONDS.toMinutes(this.clock.instant().minus(periods.dead()).toEpochMilli());
		return this.writer.submitAndWait((session) -> delete(session, DELETE_COUNTS, end));
	}

	// Deletes replays that ended long ago and says how many.
	int deleteReplays(RetentionPeriods periods) {
		long end = this.clock.instant().minus(periods.dead()).toEpochMilli();
		return this.writer.submitAndWait((session) -> delete(session, DELETE_REPLAYS, end));
	}

	// Deletes the states of orders whose events are gone for long and says how many.
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
