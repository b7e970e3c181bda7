package io.pulsehook.inbox.write;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

import io.pulsehook.inbox.model.EpochMillis;
import io.pulsehook.inbox.model.NextDue;

/**
 * Asks what there is to do for a handler, and when there is something next.
 */
public final class NextDueQuery {

	/**
	 * Asks for the first deliveries by their indexes: a planner may not use these to find
	 * a minimum.
	 */
	public static final String SQL = """
			select (
				select due_at from pulsehook_delivery
				where handler = ? and due_at <= ? and replay_id is null and runner_id is null
				order by due_at limit 1) as live, (
				select due_at from pulsehook_delivery
				where handler = ? and due_at <= ? and replay_id is not null and runner_id is null
				order by due_at limit 1) as replayed, (
				select due_at from pulsehook_delivery
				where handler = ? and due_at > ? and replay_id is null and runner_id is null
				order by due_at limit 1) as next_live, (
				select due_at from pulsehook_delivery
				where handler = ? and due_at > ? and replay_id is not null and runner_id is null
				order by due_at limit 1) as next_replayed, (
				select count(*) from pulsehook_interruption i
				where i.handler = ? and i.times > 1 and (
					select d.due_at from pulsehook_delivery d
					where d.event_id = i.event_id and d.handler = i.handler and d.runner_id is null) <= ?) as interrupted
			""";

	private static final int SUBQUERIES = 5;

	private NextDueQuery() {
	}

	/**
	 * Sets the parameters of the query.
	 * @param statement the prepared query
	 * @param handler the handler's id
	 * @param now the time
	 * @throws SQLException if they cannot be set
	 */
	public static void bind(PreparedStatement statement, String handler, Instant now) throws SQLException {
		for (int subquery = 0; subquery < SUBQUERIES; subquery++) {
			statement.setString(2 * subquery + 1, handler);
			statement.setLong(2 * subquery + 2, now.toEpochMilli());
		}
	}

	/**
	 * Reads the answer.
	 * @param row its only row
	 * @return what there is to do
	 * @throws SQLException if it cannot be read
	 */
	public static NextDue read(ResultSet row) throws SQLException {
		Instant live = EpochMillis.read(row, "next_live");
		Instant replayed = EpochMillis.read(row, "next_replayed");
		Instant next = (live == null || (replayed != null && replayed.isBefore(live))) ? replayed : live;
		return new NextDue(row.getObject("live") != null, row.getObject("replayed") != null, next,
				row.getInt("interrupted"));
	}

}
