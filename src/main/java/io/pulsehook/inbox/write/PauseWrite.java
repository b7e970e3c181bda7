package io.pulsehook.inbox.write;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Pauses a handler in all processes, or lets it go on.
 *
 * @param handler the handler's id
 * @param paused whether it is paused from now on
 */
public record PauseWrite(String handler, boolean paused) implements Write<Integer> {

	private static final String UPDATE = "update pulsehook_handler set paused = ? where id = ?";

	@Override
	public Integer apply(Transaction transaction) throws SQLException {
		PreparedStatement statement = transaction.prepare(UPDATE);
		statement.setInt(1, this.paused ? 1 : 0);
		statement.setString(2, this.handler);
		transaction.arrivals().paused(this.handler, this.paused);
		return statement.executeUpdate();
	}

}
