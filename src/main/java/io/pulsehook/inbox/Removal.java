package io.pulsehook.inbox;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

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
			delete from pulsehook_event where id = ? returning length(body) as bytes
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
		deleteEvent(eventId);
	}

	private int delete(String sql, long eventId) throws SQLException {
		PreparedStatement statement = this.session.prepare(sql);
		statement.setLong(1, eventId);
		return statement.executeUpdate();
	}

	private void deleteEvent(long eventId) throws SQLException {
		PreparedStatement statement = this.session.prepare(DELETE_EVENT);
		statement.setLong(1, eventId);
		try (ResultSet deleted = statement.executeQuery()) {
			if (deleted.next()) {
				this.events++;
				this.bytes += deleted.getLong("bytes");
			}
		}
	}

	// What has been deleted.
	Erased result() {
		return new Erased(this.events, this.deliveries, this.attempts);
	}

}
