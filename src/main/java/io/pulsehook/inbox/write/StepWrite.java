package io.pulsehook.inbox.write;

import java.sql.PreparedStatement;
import java.sql.SQLException;

import io.pulsehook.inbox.model.DueDelivery;

/**
 * Records that a handler has finished a step of a delivery, and tells whether that was
 * accepted.
 *
 * @param delivery the delivery as it was taken
 * @param name the step's name
 * @param result the step's result as JSON
 */
public record StepWrite(DueDelivery delivery, String name, String result) implements Write<Boolean> {

	// The runner, the run and the attempt fence the step: it counts only while the
	// attempt that finished it may still end. A write that is repeated finds its own row.
	// Runner 0 has no lease, and "coalesce" leads to the primary key, as in the statement
	// that writes outcomes.
	private static final String INSERT = """
			insert into pulsehook_step (event_id, handler, run, name, attempt, result, finished_at)
			select d.event_id, d.handler, d.run, cast(? as text), d.attempts + 1, cast(? as text), cast(? as bigint)
			from pulsehook_delivery d
			where d.event_id = ? and d.handler = ? and d.run = ? and d.attempts = ?
				and coalesce(d.runner_id, 0) = ? and coalesce(d.finished_at, -1) < 0
			on conflict (event_id, handler, run, name) do update set
				attempt = excluded.attempt, result = excluded.result, finished_at = excluded.finished_at
			""";

	@Override
	public Boolean apply(Transaction transaction) throws SQLException {
		PreparedStatement statement = transaction.prepare(INSERT);
		statement.setString(1, this.name);
		statement.setString(2, this.result);
		statement.setLong(3, transaction.now().toEpochMilli());
		statement.setLong(4, this.delivery.eventId());
		statement.setString(5, this.delivery.handler());
		statement.setInt(6, this.delivery.run());
		statement.setInt(7, this.delivery.attempts());
		statement.setLong(8, this.delivery.runner());
		return statement.executeUpdate() == 1;
	}

	/**
	 * Counts as batched, so that it comes before the outcome of its attempt: a handler
	 * that was interrupted may have ended while this still waits.
	 */
	@Override
	public boolean batched() {
		return true;
	}

}
