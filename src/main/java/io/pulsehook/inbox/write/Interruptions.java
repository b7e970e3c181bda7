package io.pulsehook.inbox.write;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * How often the process ended while a handler was at work on a delivery. What is counted
 * once runs like anything else, since it was nearly always there by chance; what is
 * counted again runs one at a time.
 */
public final class Interruptions {

	/** SQL for the count of a delivery {@code d} in the run that it is in. */
	public static final String TIMES = """
			coalesce((
				select times from pulsehook_interruption i
				where i.event_id = d.event_id and i.handler = d.handler and i.run = d.run), 0)""";

	private static final String FORGET = """
			delete from pulsehook_interruption where event_id = ? and handler = ?
			""";

	private Interruptions() {
	}

	/**
	 * Forgets the count of a delivery that was claimed with one and is finished now: its
	 * later runs have nothing to do with it.
	 * @param session the transaction
	 * @param finish how the attempt ended
	 * @throws SQLException if the database fails
	 */
	public static void forgetIfFinished(Session session, Finish finish) throws SQLException {
		if (finish.delivery().interruptions() == 0 || finish.finishedAt() == null) {
			return;
		}
		PreparedStatement statement = session.prepare(FORGET);
		statement.setLong(1, finish.delivery().eventId());
		statement.setString(2, finish.delivery().handler());
		statement.executeUpdate();
	}

}
