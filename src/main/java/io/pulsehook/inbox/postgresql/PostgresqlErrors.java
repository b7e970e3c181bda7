package io.pulsehook.inbox.postgresql;

import java.sql.SQLException;
import java.util.Set;

/**
 * What it means when the PostgreSQL server fails.
 */
final class PostgresqlErrors {

	/** The classes of SQLSTATE that say that the server will not take this data. */
	private static final Set<String> REFUSAL_CLASSES = Set.of("21", "22", "23", "54", "P0");

	private static final String PROGRAM_LIMIT = "54000";

	private PostgresqlErrors() {
	}

	/**
	 * Whether the server refused the data, as opposed to being unable to write at all.
	 * @param ex what was thrown
	 * @return {@code true} if other data could be written
	 */
	static boolean refusesData(SQLException ex) {
		String state = ex.getSQLState();
		return state != null && state.length() == 5 && REFUSAL_CLASSES.contains(state.substring(0, 2));
	}

	/**
	 * Whether the server refused a commit since its queue of notifications is full.
	 * @param ex what was thrown
	 * @return {@code true} if the commit could succeed without an announcement
	 */
	static boolean refusesAnnouncement(SQLException ex) {
		return PROGRAM_LIMIT.equals(ex.getSQLState());
	}

}
