package io.pulsehook.inbox.write;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * The unfinished deliveries of one handler and ordering key. Only the head of this queue
 * is ever due; the others wait without a time until it is finished.
 */
public final class KeyQueue {

	private static final String WAKE_HEAD = """
			update pulsehook_delivery set due_at = ?
			where handler = ? and due_at is null and event_id = (%s)
			""".formatted(head("event_id", "?", "?"));

	private KeyQueue() {
	}

	/**
	 * Makes SQL that selects the unfinished deliveries of a key, in any order.
	 * @param column the column of these deliveries that is selected
	 * @param handler the handler's id in SQL
	 * @param key the ordering key in SQL
	 * @return the query, without parentheses
	 */
	public static String unfinished(String column, String handler, String key) {
		return """
				select n.%s from pulsehook_delivery n
				where n.handler = %s and n.ordering_key = %s and n.finished_at is null""".formatted(column, handler,
				key);
	}

	/**
	 * Makes SQL that selects the head of a key: the one unfinished delivery that may run.
	 * @param column the column of this delivery that is selected, or an expression that
	 * begins with one
	 * @param handler the handler's id in SQL
	 * @param key the ordering key in SQL
	 * @return the query, without parentheses
	 */
	public static String head(String column, String handler, String key) {
		return unfinished(column, handler, key) + " order by n.position, n.replay_id, n.event_id limit 1";
	}

	/**
	 * Makes the head of a key due, unless it is due already.
	 * @param session the transaction
	 * @param handler the handler's id
	 * @param key the ordering key
	 * @return whether a delivery became due
	 * @throws SQLException if the database fails
	 */
	public static boolean wakeHead(Transaction session, String handler, long key) throws SQLException {
		PreparedStatement statement = session.prepare(WAKE_HEAD);
		statement.setLong(1, session.now().toEpochMilli());
		statement.setString(2, handler);
		statement.setString(3, handler);
		statement.setLong(4, key);
		if (statement.executeUpdate() == 0) {
			return false;
		}
		session.arrivals().due(handler);
		return true;
	}

}
