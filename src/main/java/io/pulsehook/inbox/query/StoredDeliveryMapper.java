package io.pulsehook.inbox.query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

import io.pulsehook.inbox.model.Coded;
import io.pulsehook.inbox.model.DeliveryId;
import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.inbox.model.EpochMillis;

/**
 * Reads deliveries from the rows of a query that selects {@link #COLUMNS}.
 */
final class StoredDeliveryMapper implements RowMapper<StoredDelivery> {

	/**
	 * The columns that a query selects of a delivery {@code d} and its event {@code e}.
	 */
	static final String COLUMNS = """
			d.event_id, d.handler, d.status, d.run, d.attempts, d.put_offs, d.due_at, d.started_at, d.finished_at,
				d.last_error, d.answer, d.runner_id, e.received_at, case when d.replay_id is null then d.burst end as burst""";

	private final StoredAttempts attempts;

	private final Map<String, List<Long>> bursts;

	/**
	 * Creates a mapper.
	 * @param attempts the attempts to add to the deliveries
	 * @param bursts the events of their bursts, by handler
	 */
	StoredDeliveryMapper(StoredAttempts attempts, Map<String, List<Long>> bursts) {
		this.attempts = attempts;
		this.bursts = bursts;
	}

	@Override
	public StoredDelivery mapRow(ResultSet row, int number) throws SQLException {
		DeliveryId id = new DeliveryId(row.getLong("event_id"), Instant.ofEpochMilli(row.getLong("received_at")),
				row.getString("handler"));
		return new StoredDelivery(id, Coded.of(DeliveryStatus.class, row.getString("status")), row.getInt("run"),
				row.getInt("attempts"), row.getInt("put_offs"), EpochMillis.read(row, "due_at"),
				EpochMillis.read(row, "started_at"), EpochMillis.read(row, "finished_at"),
				row.getObject("runner_id") != null, row.getString("last_error"), row.getString("answer"),
				this.attempts.failed().getOrDefault(id.handler(), List.of()),
				this.attempts.succeeded().getOrDefault(id.handler(), List.of()), burst(row),
				this.bursts.getOrDefault(id.handler(), List.of()));
	}

	private static @Nullable Long burst(ResultSet row) throws SQLException {
		long burst = row.getLong("burst");
		return row.wasNull() ? null : Long.valueOf(burst);
	}

}
