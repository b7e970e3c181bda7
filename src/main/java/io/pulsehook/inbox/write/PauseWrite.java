package io.pulsehook.inbox.write;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Pauses a handler in all processes, or lets it go on.
 *
 * @param handler the handler's id
 * @param paused whether it is paused from now on
 */
public record PauseWrite(String handler, boolean paused) implements Write<Boolean> {

	private static final String UPDATE = "update pulsehook_handler set paused = ? where id = ?";

	private static final String STATE = HandlerStates.ALL + " where id = ?";

	@Override
	public Boolean apply(Transaction transaction) throws SQLException {
		PreparedStatement statement = transaction.prepare(UPDATE);
		statement.setInt(1, this.paused ? 1 : 0);
		statement.setString(2, this.handler);
		statement.executeUpdate();
		return tellState(transaction);
	}

	// Tells nobody of a handler that there never was.
	private boolean tellState(Transaction transaction) throws SQLException {
		PreparedStatement statement = transaction.prepare(STATE);
		statement.setString(1, this.handler);
		try (ResultSet row = statement.executeQuery()) {
			boolean found = row.next();
			if (found) {
				transaction.arrivals().state(this.handler, HandlerStates.read(row));
			}
			return found;
		}
	}

}
