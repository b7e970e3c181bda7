package io.pulsehook.inbox.upkeep;

import java.sql.SQLException;
import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;

import io.pulsehook.inbox.commit.Writer;
import io.pulsehook.inbox.write.KeyQueue;
import io.pulsehook.inbox.write.Transaction;

/**
 * Wakes deliveries that are the head of their key and yet wait for an earlier one, which
 * was deleted, or finished while its handler was away.
 */
public final class Sweep {

	/**
	 * Steps from key to key through the index of unfinished deliveries, so that a long
	 * queue in one key costs no more than a short one. It has no join, for which a
	 * planner might read all deliveries.
	 */
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
			where k.ordering_key is not null and (%s)
			""".formatted(KeyQueue.head("due_at is null", "k.handler", "k.ordering_key"));

	/** How many are woken in one transaction, so that others get their commits. */
	private static final int BATCH = 500;

	private final Writer writer;

	private final JdbcClient jdbc;

	public Sweep(Writer writer, JdbcClient jdbc) {
		this.writer = writer;
		this.jdbc = jdbc;
	}

	/**
	 * Wakes all blocked heads and returns when that is on disk. It reads beside the
	 * writer, which is used only if there is something to wake, and then checks again.
	 * @return how many deliveries became due
	 */
	public int wakeBlocked() {
		List<Head> heads = this.jdbc.sql(BLOCKED_HEADS)
			.query((row, number) -> new Head(row.getString("handler"), row.getLong("ordering_key")))
			.list();
		int woken = 0;
		for (int begin = 0; begin < heads.size(); begin += BATCH) {
			List<Head> some = heads.subList(begin, Math.min(begin + BATCH, heads.size()));
			woken += this.writer.submitSurely((session) -> wake(session, some)).join();
		}
		return woken;
	}

	private static int wake(Transaction session, List<Head> heads) throws SQLException {
		int woken = 0;
		for (Head head : heads) {
			if (KeyQueue.wakeHead(session, head.handler(), head.orderingKey())) {
				woken++;
			}
		}
		return woken;
	}

	private record Head(String handler, long orderingKey) {

	}

}
