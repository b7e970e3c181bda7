package io.pulsehook.inbox.query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Groups the deliveries that have been given up, by handler and error.
 */
public final class DeadLetters {

	private static final int MAX_ROWS = 20_000;

	private static final long MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

	private static final String NEWEST = """
			select d.event_id, d.handler, d.finished_at, d.last_error
			from pulsehook_delivery d where d.status = 'dead'
			order by d.event_id desc, d.handler desc limit
			""";

	private final JdbcClient jdbc;

	private final QueryExecutor executor;

	public DeadLetters(JdbcClient jdbc, QueryExecutor executor) {
		this.jdbc = jdbc;
		this.executor = executor;
	}

	/**
	 * Groups the dead letters of the newest events, as many as can be read in a moment.
	 * @return the groups, largest first
	 */
	public Groups groups() {
		ResultSetExtractor<Groups> extractor = DeadLetters::collect;
		return this.executor.read(() -> this.jdbc.sql(NEWEST + (MAX_ROWS + 1)).query(extractor));
	}

	private static Groups collect(ResultSet rows) throws SQLException {
		Map<Key, Group> groups = new LinkedHashMap<>();
		long deadline = System.nanoTime() + MAX_NANOS;
		long seen = 0;
		while (rows.next()) {
			if (seen == MAX_ROWS || System.nanoTime() > deadline) {
				return new Groups(sorted(groups), seen, false);
			}
			seen++;
			Group group = group(rows);
			groups.merge(new Key(group.handler(), group.error()), group, Group::and);
		}
		return new Groups(sorted(groups), seen, true);
	}

	private static Group group(ResultSet row) throws SQLException {
		String error = row.getString("last_error");
		Instant died = Instant.ofEpochMilli(row.getLong("finished_at"));
		return new Group(row.getString("handler"), ErrorPattern.of((error != null) ? error : ""),
				(error != null) ? error : "", row.getLong("event_id"), 1, died, died);
	}

	private static List<Group> sorted(Map<Key, Group> groups) {
		return groups.values().stream().sorted(Comparator.comparingLong(Group::deliveries).reversed()).toList();
	}

	/**
	 * The groups of dead letters.
	 *
	 * @param groups the groups, largest first
	 * @param deliveries how many dead letters were read
	 * @param complete whether all dead letters were read
	 */
	public record Groups(List<Group> groups, long deliveries, boolean complete) {

	}

	/**
	 * The dead letters of one handler whose errors look alike.
	 *
	 * @param handler the handler's id
	 * @param error what their errors have in common, see {@link ErrorPattern}
	 * @param example the error of the newest
	 * @param newestEvent the event of the newest
	 * @param deliveries how many there are
	 * @param first when the first of them died
	 * @param last when the last of them died
	 */
	public record Group(String handler, String error, String example, long newestEvent, long deliveries, Instant first,
			Instant last) {

		private Group and(Group older) {
			return new Group(this.handler, this.error, this.example, this.newestEvent,
					this.deliveries + older.deliveries, this.first.isBefore(older.first) ? this.first : older.first,
					this.last.isAfter(older.last) ? this.last : older.last);
		}

	}

	private record Key(String handler, String error) {

	}

}
