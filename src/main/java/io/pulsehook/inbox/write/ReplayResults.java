package io.pulsehook.inbox.write;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

import io.pulsehook.inbox.model.DeliveryStatus;

/**
 * Counts for each replay how its deliveries ended, in the transactions that end them. A
 * delivery that nobody has asked for again costs no statement.
 */
public final class ReplayResults {

	private static final String COUNT = """
			update pulsehook_replay set succeeded = succeeded + ?, failed = failed + ?
			where id = (select d.replay_id from pulsehook_delivery d where d.event_id = ? and d.handler = ?)
			""";

	private ReplayResults() {
	}

	/**
	 * Counts those of some outcomes that ended a delivery of a replay.
	 * @param session the transaction, which has written the outcomes
	 * @param accepted the outcomes, all of which were accepted
	 * @throws SQLException if the database fails
	 */
	public static void count(Session session, List<Finish> accepted) throws SQLException {
		List<Finish> ended = accepted.stream().filter(ReplayResults::endsReplayed).toList();
		if (ended.isEmpty()) {
			return;
		}
		PreparedStatement statement = session.prepare(COUNT);
		for (Finish finish : ended) {
			boolean succeeded = finish.status() == DeliveryStatus.DONE;
			statement.setInt(1, succeeded ? 1 : 0);
			statement.setInt(2, succeeded ? 0 : 1);
			statement.setLong(3, finish.delivery().eventId());
			statement.setString(4, finish.delivery().handler());
			statement.addBatch();
		}
		statement.executeBatch();
	}

	private static boolean endsReplayed(Finish finish) {
		return finish.delivery().replayed() && finish.finishedAt() != null;
	}

}
