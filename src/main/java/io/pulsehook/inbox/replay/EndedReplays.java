package io.pulsehook.inbox.replay;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import tools.jackson.core.JacksonException;

import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.write.Session;

/**
 * Removes personal data from replays that have ended. Their history stays.
 */
public final class EndedReplays {

	/** Finds the newest first, since one of them may have ended just now. */
	private static final String NAMED = """
			select id, request from pulsehook_replay
			where blanked = 0 and status <> 'running' order by id desc limit 100
			""";

	private static final String BLANK = """
			update pulsehook_replay set request = ?, blanked = 1 where id = ?
			""";

	private EndedReplays() {
	}

	/**
	 * Blanks what some replays that have ended were asked for.
	 * @param session the transaction
	 * @return how many were blanked; 0 means that there are no more
	 * @throws SQLException if the database fails
	 */
	public static int blank(Session session) throws SQLException {
		Map<Long, String> named = named(session);
		for (Map.Entry<Long, String> replay : named.entrySet()) {
			PreparedStatement statement = session.prepare(BLANK);
			statement.setString(1, blank(replay.getValue()));
			statement.setLong(2, replay.getKey());
			statement.executeUpdate();
		}
		return named.size();
	}

	private static Map<Long, String> named(Session session) throws SQLException {
		Map<Long, String> named = new LinkedHashMap<>();
		try (ResultSet rows = session.prepare(NAMED).executeQuery()) {
			while (rows.next()) {
				named.put(rows.getLong("id"), rows.getString("request"));
			}
		}
		return named;
	}

	private static String blank(String request) {
		try {
			return RequestJson.write(RequestJson.read(request).blanked());
		}
		catch (JacksonException ex) {
			// A request that cannot be read must not keep other replays from ending.
			return RequestJson.write(new ReplayRequest(EventFilter.ALL, Set.of(), false));
		}
	}

}
