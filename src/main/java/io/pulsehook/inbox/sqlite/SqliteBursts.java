package io.pulsehook.inbox.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.commit.Writer;
import io.pulsehook.inbox.model.BurstLimits;
import io.pulsehook.inbox.model.ClaimRequest;
import io.pulsehook.inbox.write.BurstReadiness;
import io.pulsehook.inbox.write.Transaction;
import io.pulsehook.inbox.write.Write;

/**
 * Moves the due time of deliveries that still wait for others which are handled together
 * with them. The writer does so in one of its next commits, so that the claim does not
 * wait for it; until then, claims find these deliveries again.
 */
final class SqliteBursts {

	/**
	 * The times are materialized, since SQLite would otherwise compute each one twice.
	 */
	private static final String WAITING = """
			with due as materialized (
				select d.event_id, d.due_at, %s as ready_at from pulsehook_delivery d
				where d.handler = ? and d.due_at <= ? and %s)
			select event_id, ready_at from due where ready_at > due_at
			""";

	private final Writer writer;

	SqliteBursts(Writer writer) {
		this.writer = writer;
	}

	/**
	 * Finds what still waits, and has its due time moved.
	 * @param request the claim
	 * @param limits how long deliveries wait
	 * @param statements prepare the query
	 * @return when the first of these may run, or {@code null} if none waits
	 * @throws SQLException if the database fails
	 */
	@Nullable Instant postpone(ClaimRequest request, BurstLimits limits, Preparing statements) throws SQLException {
		PreparedStatement statement = statements
			.prepare(WAITING.formatted(BurstReadiness.readyAt(limits), BurstReadiness.isUndecided()));
		statement.setString(1, request.handler());
		statement.setLong(2, request.now().toEpochMilli());
		Map<Long, Long> readyAt = new HashMap<>();
		try (ResultSet row = statement.executeQuery()) {
			while (row.next()) {
				readyAt.put(row.getLong("event_id"), row.getLong("ready_at"));
			}
		}
		if (readyAt.isEmpty()) {
			return null;
		}
		this.writer.submit(new Postponement(request.handler(), readyAt));
		return readyAt.values().stream().min(Long::compare).map(Instant::ofEpochMilli).orElse(null);
	}

	/** Prepares a statement once for as long as the connection lasts. */
	@FunctionalInterface
	interface Preparing {

		PreparedStatement prepare(String sql) throws SQLException;

	}

	/**
	 * Moves due times.
	 *
	 * @param handler the handler's id
	 * @param readyAt when each delivery may run, by the event's id
	 */
	private record Postponement(String handler, Map<Long, Long> readyAt) implements Write<Integer> {

		private static final String UPDATE = """
				update pulsehook_delivery as d set due_at = ?1
				where d.event_id = ?2 and d.handler = ?3 and d.due_at < ?1 and d.finished_at is null and %s
				""".formatted(BurstReadiness.isUndecided());

		@Override
		public Integer apply(Transaction transaction) throws SQLException {
			PreparedStatement statement = transaction.prepare(UPDATE);
			int moved = 0;
			for (Map.Entry<Long, Long> entry : this.readyAt.entrySet()) {
				statement.setLong(1, entry.getValue());
				statement.setLong(2, entry.getKey());
				statement.setString(3, this.handler);
				moved += statement.executeUpdate();
			}
			return moved;
		}

		@Override
		public boolean batched() {
			return true;
		}

		@Override
		public boolean mayLinger() {
			return true;
		}

	}

}
