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
 * Deletes events with all that is kept about them, no more of them in one transaction
 * than intake can wait for, and with as few statements as possible: on a server, each is
 * a round trip for which all others wait.
 */
final class Removal {

	static final int MAX_EVENTS = 500;

	/** The ids of a batch; {@link #prepare} binds them. */
	static final String IDS = "(" + String.join(", ", Collections.nCopies(MAX_EVENTS, "?")) + ")";

	private static final long MAX_BYTES = 4 * 1024 * 1024;

	/** Fills up a batch: no event has it. */
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

	// The first of some events, without those that are better left to another
	// transaction. At most as many as a batch has may be asked for.
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

	// Deletes these, which fit, and says what has been deleted.
	Erased remove(List<Long> events) throws SQLException {
		if (events.isEmpty()) {
			return Erased.NOTHING;
		}
		int attempts = prepare(DELETE_ATTEMPTS, events).executeUpdate();
		int deliveries = prepare(DELETE_DELIVERIES, events).executeUpdate();
		return new Erased(prepare(DELETE_EVENTS, events).executeUpdate(), deliveries, attempts, 0);
	}

	// The statement, which names the ids of a batch once.
	PreparedStatement prepare(String sql, List<Long> events) throws SQLException {
		PreparedStatement statement = this.session.prepare(sql);
		for (int i = 0; i < MAX_EVENTS; i++) {
			statement.setLong(i + 1, (i < events.size()) ? events.get(i) : NO_EVENT);
		}
		return statement;
	}

}
