package io.pulsehook.inbox;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Covers lost wake-ups: what is first in its key and yet waits for something earlier,
 * since that was deleted or its handler was away.
 */
final class Sweep {

	// Steps from key to key through the index of what is unfinished: a long queue in one
	// key costs no more than a short one.
	private static final String BLOCKED_HEADS = """
			with recursive key (handler, ordering_key) as (
				select h.id, (
					select ordering_key from pulsehook_delivery
					where handler = h.id and ordering_key is not null and finished_at is null
					order by ordering_key limit 1)
				from pulsehook_handler h
				union all
				select k.handler, (
					select ordering_key from pulsehook_delivery
					where handler = k.handler and ordering_key > k.ordering_key and finished_at is null
					order by ordering_key limit 1)
				from key k where k.ordering_key is not null)
			select k.handler, k.ordering_key from key k
			join pulsehook_delivery d on d.handler = k.handler and d.due_at is null and d.event_id = (
				select event_id from pulsehook_delivery
				where handler = k.handler and ordering_key = k.ordering_key and finished_at is null
				order by position, replay_id, event_id limit 1)
			""";

	private final Writer writer;

	private final JdbcClient jdbc;

	private final InstantSource clock;

	Sweep(Writer writer, JdbcClient jdbc, InstantSource clock) {
		this.writer = writer;
		this.jdbc = jdbc;
		this.clock = clock;
	}

	// Returns, when it is on disk, how many are due now. Looks beside the writer, which
	// has to do with it only if there is something to wake, and then looks again.
	int wakeBlocked() {
		List<Head> heads = this.jdbc.sql(BLOCKED_HEADS)
			.query((row, number) -> new Head(row.getString("handler"), row.getLong("ordering_key")))
			.list();
		return heads.isEmpty() ? 0 : this.writer.submitSurely((session) -> wake(session, heads)).join();
	}

	private int wake(Session session, List<Head> heads) throws SQLException {
		int woken = 0;
		for (Head head : heads) {
			if (Finish.wakeNext(session, head.handler(), head.orderingKey(), this.clock.instant())) {
				woken++;
			}
		}
		return woken;
	}

	private record Head(String handler, long orderingKey) {

	}

}
