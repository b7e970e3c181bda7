package io.pulsehook.inbox.write;

import java.sql.PreparedStatement;
import java.sql.SQLException;

import io.pulsehook.inbox.model.DueDelivery;

/**
 * Gives the deliveries of a burst the outcome of the first one, in the same transaction.
 * They stay without a due time, since they never run by themselves.
 */
public final class BurstOutcome {

	// The plan may have been made when there was hardly a row: "coalesce" keeps it from
	// the index of unfinished deliveries, which looks shorter then.
	private static final String FOLLOW = """
			update pulsehook_delivery as m
			set status = h.status, attempts = h.attempts, finished_at = h.finished_at, last_error = h.last_error,
				started_at = h.started_at, answer = h.answer, put_offs = h.put_offs, put_off_since = h.put_off_since
			from pulsehook_delivery h
			where h.event_id = ? and h.handler = ? and m.burst = ? and m.handler = ? and m.event_id <> ?
				and m.replay_id is null and coalesce(m.finished_at, -1) < 0
			""";

	private BurstOutcome() {
	}

	/**
	 * Writes the outcome of a burst, if the delivery that ended is the first of one.
	 * @param session the transaction, which has written the outcome of that delivery
	 * @param finish the outcome, which was accepted
	 * @throws SQLException if the database fails
	 */
	public static void write(Session session, Finish finish) throws SQLException {
		DueDelivery first = finish.delivery();
		if (!first.leadsBurst()) {
			return;
		}
		PreparedStatement statement = session.prepare(FOLLOW);
		statement.setLong(1, first.eventId());
		statement.setString(2, first.handler());
		statement.setLong(3, first.eventId());
		statement.setString(4, first.handler());
		statement.setLong(5, first.eventId());
		statement.executeUpdate();
	}

}
