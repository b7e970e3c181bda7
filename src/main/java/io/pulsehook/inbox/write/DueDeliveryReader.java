package io.pulsehook.inbox.write;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.EpochMillis;

/**
 * Reads the rows of claims.
 */
public final class DueDeliveryReader {

	/**
	 * The columns of a delivery {@code d} that are read, but for the runner and the
	 * interruptions.
	 */
	public static final String DELIVERY_COLUMNS = """
			d.event_id, d.handler, d.ordering_key, d.run, d.attempts, d.put_offs, d.put_off_since,
				d.replay_id is not null as replayed, d.burst""";

	private DueDeliveryReader() {
	}

	/**
	 * Reads a delivery with its event.
	 * @param row the row
	 * @return the delivery
	 * @throws SQLException if it cannot be read
	 */
	public static DueDelivery read(ResultSet row) throws SQLException {
		return new DueDelivery(row.getLong("event_id"), row.getString("handler"), number(row, "ordering_key"),
				row.getInt("run"), row.getInt("attempts"), row.getLong("runner_id"), row.getString("source"),
				row.getString("type"), row.getString("reason"), Instant.ofEpochMilli(row.getLong("received_at")),
				EpochMillis.read(row, "arrived_at"), row.getString("trace"), row.getBytes("body"),
				row.getInt("interruptions"), row.getInt("put_offs"), EpochMillis.read(row, "put_off_since"),
				row.getBoolean("replayed"), number(row, "burst"));
	}

	private static @Nullable Long number(ResultSet row, String column) throws SQLException {
		long number = row.getLong(column);
		return row.wasNull() ? null : Long.valueOf(number);
	}

}
