package io.pulsehook.inbox.upkeep;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.pulsehook.inbox.write.Session;

/**
 * Deletes events with all that is kept about them. A transaction takes no more of them
 * than intake can wait for, and as few statements as possible: on a server, each is a
 * round trip for which all other writers wait.
 */
final class Removal {

	static final int MAX_EVENTS = 500;

	/** SQL for the ids of a batch, which {@link #prepare} binds. */
	static final String IDS = "(" + String.join(", ", Collections.nCopies(MAX_EVENTS, "?")) + ")";

	private static final long MAX_BYTES = 4 * 1024 * 1024;

	/** An id that no event has, to fill up a batch. */
	private static final long NO_EVENT = 0;

	private static final String SIZES = """
			select id, length(body) as bytes from pulsehook_event where id in %s
			""".formatted(IDS);

	private static final String DELETE_ATTEMPTS = """
			delete from pulsehook_attempt where event_id in %s
			""".formatted(IDS);

	private static final String DELETE_DELIVERIES = """
			delete from pulsehook_delivery where event_id in %s
			""".formatted(IDS);

	private static final String DELETE_EVENTS = """
			delete from pulsehook_event where id in %s
			""".formatted(IDS);

	private final Session session;

	Removal(Session session) {
		this.session = session;
	}

	/**
	 * Returns as many of the first events as one transaction may delete.
	 * @param events the ids of at most {@link #MAX_EVENTS} events
	 * @return the first of them; the others are left to another transaction
	 * @throws SQLException if the database fails
	 */
	List<Long> fitting(List<Long> events) throws SQLException {
		if (events.isEmpty()) {
			return events;
		}
		Map<Long, Long> sizes = sizes(events);
		long bytes = 0;
		int fitting = 0;
		while (fitting < events.size() && bytes < MAX_BYTES) {
			bytes += sizes.getOrDefault(events.get(fitting), 0L);
			fitting++;
		}
		return events.subList(0, fitting);
	}

	private Map<Long, Long> sizes(List<Long> events) throws SQLException {
		Map<Long, Long> sizes = new HashMap<>();
		try (ResultSet rows = prepare(SIZES, events).executeQuery()) {
			while (rows.next()) {
				sizes.put(rows.getLong("id"), rows.getLong("bytes"));
			}
		}
		return sizes;
	}

	/**
	 * Deletes events.
	 * @param events ids that {@link #fitting} returned
	 * @return what was deleted
	 * @throws SQLException if the database fails
	 */
	Erased remove(List<Long> events) throws SQLException {
		if (events.isEmpty()) {
			return Erased.NOTHING;
		}
		int attempts = prepare(DELETE_ATTEMPTS, events).executeUpdate();
		int deliveries = prepare(DELETE_DELIVERIES, events).executeUpdate();
		return new Erased(prepare(DELETE_EVENTS, events).executeUpdate(), deliveries, attempts, 0);
	}

	/**
	 * Prepares a statement for a batch.
	 * @param sql has {@link #IDS} once, and no other parameters
	 * @param events the ids of at most {@link #MAX_EVENTS} events
	 * @return the statement with these ids
	 * @throws SQLException if the database fails
	 */
	PreparedStatement prepare(String sql, List<Long> events) throws SQLException {
		PreparedStatement statement = this.session.prepare(sql);
		for (int i = 0; i < MAX_EVENTS; i++) {
			statement.setLong(i + 1, (i < events.size()) ? events.get(i) : NO_EVENT);
		}
		return statement;
	}

}
