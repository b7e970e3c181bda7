package io.pulsehook.inbox.write;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.pulsehook.inbox.model.BurstLimits;
import io.pulsehook.inbox.model.DueDelivery;

/**
 * Decides which deliveries are handled together, before the handler is called for the
 * first time: all that wait behind one of the same key, as far as the limits allow. From
 * then on, retries find them by the column {@code burst}, and what comes later is left to
 * the next burst. If it is written twice, the second time changes nothing but that it
 * takes in what has come in between.
 *
 * @param head the delivery that is about to run
 * @param limits how many are handled together
 */
public record BurstWrite(DueDelivery head, BurstLimits limits) implements Write<Boolean> {

	private static final String QUEUE = KeyQueue.unfinished("""
			event_id, n.replay_id, n.run, n.attempts, coalesce(n.runner_id, 0) as runner_id,
				(select length(e.body) from pulsehook_event e where e.id = n.event_id) as bytes""", "?", "?")
			+ " order by n.position, n.replay_id, n.event_id limit ?";

	private static final String JOIN = """
			update pulsehook_delivery set burst = ? where event_id = ? and handler = ?
			""";

	/**
	 * Writes which deliveries are handled together.
	 * @return {@code false} if the delivery is gone or no longer this process's to run
	 */
	@Override
	public Boolean apply(Transaction transaction) throws SQLException {
		List<Long> members = members(transaction);
		PreparedStatement statement = transaction.prepare(JOIN);
		for (long member : members) {
			statement.setLong(1, this.head.eventId());
			statement.setLong(2, member);
			statement.setString(3, this.head.handler());
			statement.addBatch();
		}
		statement.executeBatch();
		return !members.isEmpty();
	}

	private List<Long> members(Session session) throws SQLException {
		PreparedStatement statement = session.prepare(QUEUE);
		statement.setString(1, this.head.handler());
		statement.setLong(2, Objects.requireNonNull(this.head.orderingKey()));
		statement.setInt(3, this.limits.maxEvents());
		List<Long> members = new ArrayList<>();
		long bytes = 0;
		try (ResultSet row = statement.executeQuery()) {
			while (row.next()) {
				bytes += row.getLong("bytes");
				if (members.isEmpty() ? !isHeld(row) : !joins(row, bytes)) {
					return members;
				}
				members.add(row.getLong("event_id"));
			}
		}
		return members;
	}

	// The run, the attempt and the runner fence this write like an outcome.
	private boolean isHeld(ResultSet row) throws SQLException {
		return row.getLong("event_id") == this.head.eventId() && row.getInt("run") == this.head.run()
				&& row.getInt("attempts") == this.head.attempts() && row.getLong("runner_id") == this.head.runner();
	}

	// A replay is handled alone, and what waits behind it must not overtake it.
	private static boolean joins(ResultSet row, long bytes) throws SQLException {
		return row.getObject("replay_id") == null && bytes <= BurstLimits.MAX_BYTES;
	}

	@Override
	public boolean batched() {
		return true;
	}

}
