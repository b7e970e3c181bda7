package io.pulsehook.inbox.write;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

import io.pulsehook.inbox.model.DueDelivery;

/**
 * Reads the rows of claims.
 */
public final class DueDeliveryReader {

	private DueDeliveryReader() {
	}

	/**
	 * Reads a delivery with its event.
	 * @param row the row
	 * @return the delivery
	 * @throws SQLException if it cannot be read
	 */
	public static DueDelivery read(ResultSet row) throws SQLException {
		long key = row.getLong("ordering_key");
		Long orderingKey = row.wasNull() ? null : Long.valueOf(key);
		return new DueDelivery(row.getLong("event_id"), row.getString("handler"), orderingKey, row.getInt("run"),
				row.getInt("attempts"), row.getLong("runner_id"), row.getString("source"), row.getString("type"),
				row.getString("reason"), Instant.ofEpochMilli(row.getLong("received_at")), row.getString("trace"),
				row.getBytes("body"), row.getInt("interruptions"));
	}

}
