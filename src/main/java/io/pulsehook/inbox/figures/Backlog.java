package io.pulsehook.inbox.figures;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.pulsehook.inbox.model.Coded;
import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.inbox.model.EpochMillis;
import io.pulsehook.inbox.query.QueryExecutor;

/**
 * Counts deliveries that are not done, and tells how long they have waited. It reads only
 * the indexes of unfinished, claimed and dead deliveries, which are small.
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

	private static final String BY_STATUS = """
			select d.handler, d.status, count(*) as deliveries from pulsehook_delivery d
			where d.finished_at is null group by d.handler, d.status
			union all
			select d.handler, 'dead', count(*) from pulsehook_delivery d
			where d.status = 'dead' group by d.handler
			union all
			select d.handler, 'running', count(*) from pulsehook_delivery d
			where d.runner_id is not null group by d.handler
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
	 * Counts deliveries that are unfinished, dead, or claimed by a replica.
	 * @return a count for each handler and status that has any
	 */
	public List<OfStatus> counts() {
		return this.executor.read(() -> this.jdbc.sql(BY_STATUS).query(Backlog::ofStatus).list());
	}

	private static OfStatus ofStatus(ResultSet row, int number) throws SQLException {
		return new OfStatus(row.getString("handler"), Coded.of(DeliveryStatus.class, row.getString("status")),
				row.getLong("deliveries"));
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

	/**
	 * The number of a handler's deliveries that have a status.
	 *
	 * @param handler the handler's id
	 * @param status the status; {@link DeliveryStatus#RUNNING} for those that a replica
	 * has claimed, which are counted among the pending and retrying ones as well
	 * @param deliveries their number
	 */
	public record OfStatus(String handler, DeliveryStatus status, long deliveries) {

	}

}
