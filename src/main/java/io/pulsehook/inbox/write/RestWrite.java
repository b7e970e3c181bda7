package io.pulsehook.inbox.write;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;

import io.pulsehook.inbox.model.EpochMillis;
import io.pulsehook.inbox.model.HandlerState;
import io.pulsehook.inbox.model.HandlerState.Rest;
import io.pulsehook.inbox.model.RestChange;
import io.pulsehook.inbox.model.StateChange;

/**
 * Changes the state of a handler in all processes, as an attempt has shown it. The next
 * state follows from the stored one, which nobody else changes meanwhile.
 *
 * @param handler the handler's id
 * @param change what changes
 */
public record RestWrite(String handler, RestChange change) implements Write<StateChange> {

	private static final String UPDATE = """
			update pulsehook_handler
			set paused = ?, rest_since = ?, rest_until = ?, rest_reason = ?, rest_probes = ?
			where id = ?
			""";

	@Override
	public StateChange apply(Transaction transaction) throws SQLException {
		Instant now = transaction.now();
		HandlerState before = HandlerStates.find(transaction, this.handler).orElse(null);
		if (before == null) {
			return new StateChange(HandlerState.RUNNING, HandlerState.RUNNING, now);
		}
		HandlerState after = this.change.applyTo(before, now);
		if (!after.equals(before)) {
			update(transaction, after);
			transaction.arrivals().state(this.handler, after);
		}
		return new StateChange(before, after, now);
	}

	private void update(Transaction transaction, HandlerState state) throws SQLException {
		Rest rest = state.rest();
		PreparedStatement statement = transaction.prepare(UPDATE);
		statement.setInt(1, state.paused() ? 1 : 0);
		EpochMillis.set(statement, 2, (rest != null) ? rest.since() : null);
		EpochMillis.set(statement, 3, state.restsUntil());
		statement.setString(4, (rest != null) ? rest.reason() : null);
		statement.setInt(5, (rest != null) ? rest.probes() : 0);
		statement.setString(6, this.handler);
		statement.executeUpdate();
	}

}
