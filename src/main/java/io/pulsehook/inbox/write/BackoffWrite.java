package io.pulsehook.inbox.write;

import java.sql.PreparedStatement;
import java.sql.SQLException;

import io.pulsehook.inbox.model.Traffic;

/**
 * Makes some of the deliveries due that wait for their next attempt, since their handler
 * works again.
 *
 * @param handler the handler's id
 */
public record BackoffWrite(String handler) implements Write<Boolean> {

	/** So many are written at once that webhooks need not wait long for their commit. */
	private static final int BATCH = 500;

	/**
	 * The statement finds the first of them by the index of claims, so it reads no more.
	 */
	private static final String UPDATE = """
			update pulsehook_delivery set due_at = ? where handler = ? and event_id in (
				select d.event_id from pulsehook_delivery d
				where d.handler = ? and d.due_at > ? and d.replay_id is %s and d.runner_id is null
					and d.status = 'retrying'
				order by d.due_at limit %s)
			""";

	private static final String LIVE = UPDATE.formatted(Traffic.LIVE.replayId(), BATCH);

	private static final String REPLAYED = UPDATE.formatted(Traffic.REPLAY.replayId(), BATCH);

	/**
	 * Makes a batch of them due.
	 * @return whether there may be more
	 */
	@Override
	public Boolean apply(Transaction transaction) throws SQLException {
		int live = update(transaction, LIVE);
		int replayed = update(transaction, REPLAYED);
		if (live + replayed > 0) {
			transaction.arrivals().due(this.handler);
		}
		return live == BATCH || replayed == BATCH;
	}

	private int update(Transaction transaction, String sql) throws SQLException {
		long now = transaction.now().toEpochMilli();
		PreparedStatement statement = transaction.prepare(sql);
		statement.setLong(1, now);
		statement.setString(2, this.handler);
		statement.setString(3, this.handler);
		statement.setLong(4, now);
		return statement.executeUpdate();
	}

}
