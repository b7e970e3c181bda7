package io.pulsehook.inbox;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/**
 * Deletes events with all that is kept about them, no more of them in one transaction
 * than intake can wait for.
 */
final class Removal {

	static final int MAX_EVENTS = 500;

	private static final long MAX_BYTES = 4 * 1024 * 1024;

	private static final String DELETE_ATTEMPTS = """
			delete from pulsehook_attempt where event_id = ?
			""";

	private static final String DELETE_DELIVERIES = """
			delete from pulsehook_delivery where event_id = ?
			""";

	private static final String DELETE_EVENT = """
			delete from pulsehook_event where id = ? returning ordering_key, length(body) as bytes
			""";

	private static final String DELETE_ORDER = """
			delete from pulsehook_order where ordering_key = ? and event_id = ?
			""";

	private final Session session;

	private int events;

	private int deliveries;

	private int attempts;

	private long bytes;

	Removal(Session session) {
		this.session = session;
	}

	// Whether the rest is better left to another transaction.
	boolean isFull() {
		return this.events >= MAX_EVENTS || this.bytes >= MAX_BYTES;
	}

	void remove(long eventId) throws SQLException {
		this.attempts += delete(DELETE_ATTEMPTS, eventId);
		this.deliveries += delete(DELETE_DELIVERIES, eventId);
		Long orderingKey = deleteEvent(eventId);
		if (orderingKey != null) {
			deleteOrder(orderingKey, eventId);
		}
	}

	private int delete(String sql, long eventId) throws SQLException {
		PreparedStatement statement = this.session.prepare(sql);
		statement.setLong(1, eventId);
		return statement.executeUpdate();
	}

	private @Nullable Long deleteEvent(long eventId) throws SQLException {
		PreparedStatement statement = this.session.prepare(DELETE_EVENT);
		statement.setLong(1, eventId);
		try (ResultSet deleted = statement.executeQuery()) {
			if (!deleted.next()) {
				return null;
			}
			this.events++;
			this.bytes += deleted.getLong("bytes");
			long orderingKey = deleted.getLong("ordering_key");
			return deleted.wasNull() ? null : orderingKey;
		}
	}

	private void deleteOrder(long orderingKey, long eventId) throws SQLException {
		PreparedStatement statement = this.session.prepare(DELETE_ORDER);
		statement.setLong(1, orderingKey);
		statement.setLong(2, eventId);
		statement.executeUpdate();
	}

	// What has been deleted.
	Erased result() {
		return new Erased(this.events, this.deliveries, this.attempts);
	}

}
