package io.pulsehook.inbox.write;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.EpochMillis;
import io.pulsehook.inbox.model.HandlerState;
import io.pulsehook.inbox.model.HandlerState.Rest;

/**
 * Reads the states of handlers from their rows.
 */
public final class HandlerStates {

	/** Reads the states of all handlers that there are and were, with their ids. */
	public static final String ALL = """
			select id, paused, rest_since, rest_until, rest_reason, rest_probes from pulsehook_handler
			""";

	private static final String ONE = ALL + " where id = ?";

	private HandlerStates() {
	}

	/**
	 * Reads a state.
	 * @param row a row of {@link #ALL}
	 * @return the state
	 * @throws SQLException if it cannot be read
	 */
	public static HandlerState read(ResultSet row) throws SQLException {
		return new HandlerState(row.getInt("paused") == 1, rest(row));
	}

	/**
	 * Finds the state of one handler.
	 * @param session the transaction
	 * @param handler the handler's id
	 * @return the state, or empty if there never was such a handler
	 * @throws SQLException if the database fails
	 */
	static Optional<HandlerState> find(Session session, String handler) throws SQLException {
		PreparedStatement statement = session.prepare(ONE);
		statement.setString(1, handler);
		try (ResultSet row = statement.executeQuery()) {
			return row.next() ? Optional.of(read(row)) : Optional.empty();
		}
	}

	private static @Nullable Rest rest(ResultSet row) throws SQLException {
		Instant since = EpochMillis.read(row, "rest_since");
		if (since == null) {
			return null;
		}
		String reason = row.getString("rest_reason");
		return new Rest(since, EpochMillis.read(row, "rest_until"), (reason != null) ? reason : "",
				row.getInt("rest_probes"));
	}

}
