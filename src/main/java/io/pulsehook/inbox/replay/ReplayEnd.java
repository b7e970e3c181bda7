package io.pulsehook.inbox.replay;

import java.sql.PreparedStatement;
import java.sql.SQLException;

import io.pulsehook.inbox.write.Transaction;
import io.pulsehook.inbox.write.Write;

/**
 * Ends a replay before it is through, unless it has ended already.
 */
final class ReplayEnd implements Write<Integer> {

	private static final String END = """
			update pulsehook_replay set status = ?, finished_at = ? where id = ? and status = 'running'
			""";

	private final long replay;

	private final ReplayStatus status;

	ReplayEnd(long replay, ReplayStatus status) {
		this.replay = replay;
		this.status = status;
	}

	@Override
	public Integer apply(Transaction session) throws SQLException {
		PreparedStatement statement = session.prepare(END);
		statement.setString(1, this.status.code());
		statement.setLong(2, session.now().toEpochMilli());
		statement.setLong(3, this.replay);
		int ended = statement.executeUpdate();
		EndedReplays.blank(session);
		return ended;
	}

}
