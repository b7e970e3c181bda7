package io.pulsehook.inbox.postgresql;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

import io.pulsehook.inbox.model.BurstLimits;
import io.pulsehook.inbox.model.ClaimRequest;
import io.pulsehook.inbox.write.BurstReadiness;

/**
 * Moves the due time of deliveries that still wait for others which are handled together
 * with them, for all replicas.
 */
final class PostgresqlBursts {

	/** The constant limit tells the planner that few rows are needed. */
	private static final int LIMIT = 1_000;

	private static final String POSTPONE = """
			update pulsehook_delivery p set due_at = w.ready_at
			from (
				select d.event_id, d.due_at, %s as ready_at
				from (
					select d.event_id, d.handler, d.ordering_key, d.due_at from pulsehook_delivery d
					where d.handler = ? and d.due_at <= ? and d.runner_id is null and %s and not %s
					order by d.due_at, d.event_id limit %d
					for update skip locked) d
				offset 0) w
			where p.event_id = w.event_id and p.handler = ? and w.ready_at > w.due_at
			returning p.due_at
			""";

	private final JdbcTemplate jdbc;

	PostgresqlBursts(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Moves the due time of what still waits.
	 * @param request the claim that follows
	 * @param limits how long deliveries wait
	 * @return when to look again: the first of these may run then, or there are too many
	 * to be moved at once; {@code null} if none waits
	 */
	@Nullable Instant postpone(ClaimRequest request, BurstLimits limits) {
		String sql = POSTPONE.formatted(BurstReadiness.readyAt(limits), BurstReadiness.isUndecided(),
				BurstReadiness.isReady(limits), LIMIT);
		List<Long> moved = this.jdbc.queryForList(sql, Long.class, request.handler(), request.now().toEpochMilli(),
				request.handler());
		if (moved.size() == LIMIT) {
			return request.now();
		}
		return moved.stream().min(Long::compare).map(Instant::ofEpochMilli).orElse(null);
	}

}
