package io.pulsehook.inbox.query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.pulsehook.inbox.model.DeliveryStatus;

/**
 * Tells how handlers did recently. It reads the deliveries of the newest events by their
 * primary key, so that it is fast in a database of any size.
 */
public final class HandlerScores {

	private static final int EVENTS = 1_000;

	private static final String DELIVERIES = """
			select d.handler, d.status, d.run, d.attempts, d.finished_at, e.received_at
			from pulsehook_delivery d join pulsehook_event e on e.id = d.event_id
			where d.event_id > ? and d.finished_at is not null
			""";

	private final JdbcClient jdbc;

	private final QueryExecutor executor;

	/**
	 * Creates it.
	 * @param jdbc reads the database
	 * @param executor runs the query
	 */
	public HandlerScores(JdbcClient jdbc, QueryExecutor executor) {
		this.jdbc = jdbc;
		this.executor = executor;
	}

	/**
	 * Tells how the deliveries of the last thousand events ended.
	 * @return a score for each handler that finished any
	 */
	public List<Score> list() {
		ResultSetExtractor<List<Score>> extractor = HandlerScores::scores;
		return this.executor.read(() -> this.jdbc.sql(DELIVERIES)
			.param(this.jdbc.sql(StoredEvents.NEWEST).query(Long.class).single() - EVENTS)
			.query(extractor));
	}

	private static List<Score> scores(ResultSet rows) throws SQLException {
		Map<String, Tally> tallies = new TreeMap<>();
		while (rows.next()) {
			tallies.computeIfAbsent(rows.getString("handler"), (handler) -> new Tally()).add(rows);
		}
		return tallies.entrySet().stream().map((entry) -> entry.getValue().score(entry.getKey())).toList();
	}

	/**
	 * The recent results of a handler.
	 *
	 * @param handler the handler's id
	 * @param done how many deliveries it finished
	 * @param dead how many were given up
	 * @param retried how many of those done took more than one attempt
	 * @param median the time from receipt to done that half of them took at most;
	 * {@code null} if none was done without a replay
	 * @param slowest the time that nineteen of twenty took at most, or {@code null}
	 * likewise
	 */
	public record Score(String handler, long done, long dead, long retried, @Nullable Duration median,
			@Nullable Duration slowest) {

	}

	private static final class Tally {

		private final List<Long> millis = new ArrayList<>();

		private long done;

		private long dead;

		private long retried;

		private void add(ResultSet row) throws SQLException {
			if (!row.getString("status").equals(DeliveryStatus.DONE.code())) {
				this.dead++;
				return;
			}
			this.done++;
			this.retried += (row.getInt("attempts") > 1) ? 1 : 0;
			if (row.getInt("run") == 1) {
				this.millis.add(row.getLong("finished_at") - row.getLong("received_at"));
			}
		}

		private Score score(String handler) {
			this.millis.sort(null);
			return new Score(handler, this.done, this.dead, this.retried, quantile(0.5), quantile(0.95));
		}

		private @Nullable Duration quantile(double part) {
			if (this.millis.isEmpty()) {
				return null;
			}
			return Duration.ofMillis(this.millis.get((int) Math.ceil(part * this.millis.size()) - 1));
		}

	}

}
