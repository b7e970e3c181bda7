package io.pulsehook.inbox.query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.pulsehook.inbox.model.EpochMillis;

/**
 * Counts deliveries that are not done, and tells how long they have waited. It reads only
 * the indexes of unfinished and dead deliveries, which are small.
 */
public final class Backlog {

	private static final String UNFINISHED = """
			select b.handler, b.waiting, b.retrying, e.received_at
			from (
				select d.handler,
					sum(case when d.status = 'pending' then 1 else 0 end) as waiting,
					sum(case when d.status = 'retrying' then 1 else 0 end) as retrying,
					min(case when d.replay_id is null then d.event_id end) as oldest
				from pulsehook_delivery d where d.finished_at is null group by d.handler
			) b left join pulsehook_event e on e.id = b.oldest
			order by b.handler
			""";

	private final JdbcClient jdbc;

	private final QueryExecutor executor;

	public Backlog(JdbcClient jdbc, QueryExecutor executor) {
		this.jdbc = jdbc;
		this.executor = executor;
	}

	/**
	 * Counts deliveries that wait for their handler or for another attempt.
	 * @return one entry for each handler with any
	 */
	public List<Unfinished> unfinished() {
		return this.executor.read(() -> this.jdbc.sql(UNFINISHED).query(Backlog::row).list());
	}

	private static Unfinished row(ResultSet row, int number) throws SQLException {
		return new Unfinished(row.getString("handler"), row.getLong("waiting"), row.getLong("retrying"),
				EpochMillis.read(row, "received_at"));
	}

	/**
	 * Counts deliveries that have been given up.
	 * @return one entry for each handler with any
	 */
	public List<Dead> dead() {
		return this.executor.read(new DeliveryCounts(this.jdbc)::dead)
			.entrySet()
			.stream()
			.map((entry) -> new Dead(entry.getKey(), entry.getValue()))
			.sorted(Comparator.comparing(Dead::handler))
			.toList();
	}

	/**
	 * The unfinished deliveries of a handler.
	 *
	 * @param handler the handler's id
	 * @param waiting how many have not been tried
	 * @param retrying how many have failed and are tried again
	 * @param oldest when the oldest of their events was received; {@code null} if all of
	 * them are replayed
	 */
	public record Unfinished(String handler, long waiting, long retrying, @Nullable Instant oldest) {

	}

	/**
	 * The dead deliveries of a handler.
	 *
	 * @param handler the handler's id
	 * @param deliveries how many there are
	 */
	public record Dead(String handler, long deliveries) {

	}

}
