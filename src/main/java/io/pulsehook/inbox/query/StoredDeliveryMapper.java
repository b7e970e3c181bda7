package io.pulsehook.inbox.query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.springframework.jdbc.core.RowMapper;

import io.pulsehook.inbox.model.Coded;
import io.pulsehook.inbox.model.DeliveryId;
import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.inbox.model.EpochMillis;
import io.pulsehook.inbox.query.StoredDelivery.FailedAttempt;

/**
 * Reads deliveries from the rows of a query that selects {@link #COLUMNS}.
 */
final class StoredDeliveryMapper implements RowMapper<StoredDelivery> {

	/**
	 * The columns that a query selects of a delivery {@code d} and its event {@code e}.
	 */
	static final String COLUMNS = """
			d.event_id, d.handler, d.status, d.run, d.attempts, d.put_offs, d.due_at, d.finished_at, d.last_error,
				d.runner_id, e.received_at""";

	private final Map<String, List<FailedAttempt>> failures;

	/**
	 * Creates a mapper.
	 * @param failures the failed attempts to add to the deliveries, by handler
	 */
	StoredDeliveryMapper(Map<String, List<FailedAttempt>> failures) {
		this.failures = failures;
	}

	@Override
	public StoredDelivery mapRow(ResultSet row, int number) throws SQLException {
		DeliveryId id = new DeliveryId(row.getLong("event_id"), Instant.ofEpochMilli(row.getLong("received_at")),
				row.getString("handler"));
		return new StoredDelivery(id, Coded.of(DeliveryStatus.class, row.getString("status")), row.getInt("run"),
				row.getInt("attempts"), row.getInt("put_offs"), EpochMillis.read(row, "due_at"),
				EpochMillis.read(row, "finished_at"), row.getObject("runner_id") != null, row.getString("last_error"),
				this.failures.getOrDefault(id.handler(), List.of()));
	}

}
