package io.pulsehook.inbox.postgresql;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Set;

import io.pulsehook.failure.DatabaseErrors;

/**
 * What it means when the PostgreSQL server fails.
 */
final class PostgresqlErrors {

	/** The classes of SQLSTATE that say that the server will not take this data. */
	private static final Set<String> REFUSAL_CLASSES = Set.of("21", "22", "23", "54", "P0");

	private static final String PROGRAM_LIMIT = "54000";

	/**
	 * The classes of SQLSTATE that say that the server cannot be reached, has no room for
	 * this session, or cannot use its own disk.
	 */
	private static final Set<String> AWAY_CLASSES = Set.of("08", "53", "58");

	/** The server is shut down or starts up, or is a standby that may be promoted. */
	private static final Set<String> AWAY = Set.of("57P01", "57P02", "57P03", "25006");

	/** The server asks for a password that is not configured, or for a way to log in. */
	private static final String REJECTED = "08004";

	private PostgresqlErrors() {
	}

	/**
	 * Whether the server is away for a while, as opposed to being unusable as long as
	 * nobody changes its configuration or that of this process.
	 * @param thrown what was thrown
	 * @return {@code true} if it is worth while to try again
	 */
	static boolean isAway(Throwable thrown) {
		SQLException said = DatabaseErrors.innermost(thrown, SQLException.class);
		if (said == null) {
			return false;
		}
		String state = said.getSQLState();
		if (state == null) {
			// A pool whose connections are still waited for knows no state.
			return said instanceof SQLTransientException;
		}
		return !state.equals(REJECTED)
				&& (AWAY.contains(state) || (state.length() == 5 && AWAY_CLASSES.contains(state.substring(0, 2))));
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
