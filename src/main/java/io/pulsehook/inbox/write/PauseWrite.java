package io.pulsehook.inbox.write;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

import io.pulsehook.inbox.model.HandlerState;

/**
 * Pauses a handler in all processes, or lets it go on.
 *
 * @param handler the handler's id
 * @param paused whether it is paused from now on
 */
public record PauseWrite(String handler, boolean paused) implements Write<Boolean> {

	private static final String UPDATE = "update pulsehook_handler set paused = ? where id = ?";

	@Override
	public Boolean apply(Transaction transaction) throws SQLException {
		PreparedStatement statement = transaction.prepare(UPDATE);
		statement.setInt(1, this.paused ? 1 : 0);
		statement.setString(2, this.handler);
		statement.executeUpdate();
		// Nobody is told of a handler that there never was.
		Optional<HandlerState> state = HandlerStates.find(transaction, this.handler);
		state.ifPresent((current) -> transaction.arrivals().state(this.handler, current));
		return state.isPresent();
	}

}
