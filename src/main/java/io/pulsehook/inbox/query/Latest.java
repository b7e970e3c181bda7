package io.pulsehook.inbox.query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.pulsehook.inbox.model.DeliveryStatus;

/**
 * What can be told of the newest events by looking at a bounded number of them.
 */
public final class Latest {

	private static final int DELIVERIES_OF_EVENTS = 1_000;

	private static final int SOURCES_OF_EVENTS = 10_000;

	private static final String NEWEST = "select coalesce(max(e.id), 0) from pulsehook_event e";

	private static final String LAST_FAILURE = "select coalesce(max(a.id), 0) from pulsehook_attempt a";

	private static final String DELIVERIES = """
			select d.handler, d.status, d.run, d.attempts, d.finished_at, e.received_at
			from pulsehook_delivery d join pulsehook_event e on e.id = d.event_id
			where d.event_id > ? and d.finished_at is not null
			""";

	private static final String SOURCES = """
			select e.source, e.received_at from pulsehook_event e order by e.id desc limit
			""";

	private static final String ORDERS = """
			select o.event_id from pulsehook_order o where o.updated_at >= ? order by o.updated_at desc limit
			""";

	private static final String BODIES = """
			select e.id, e.body from pulsehook_event e where e.id in (:events) and length(e.body) <= :largest
			""";

	private final JdbcClient jdbc;

	private final Reads reads;

	public Latest(JdbcClient jdbc, Reads reads) {
		this.jdbc = jdbc;
		this.reads = reads;
	}

	/**
	 * The newest of what can be new.
	 * @return the ids
	 */
	public Newest newest() {
		return new Newest(this.jdbc.sql(NEWEST).query(Long.class).single(),
				this.jdbc.sql(LAST_FAILURE).query(Long.class).single());
	}

	/**
	 * How the deliveries of the last thousand events ended.
	 * @return a score for each handler that finished any
	 */
	public List<Score> scores() {
		ResultSetExtractor<List<Score>> extractor = Latest::scores;
		return this.reads.read(() -> this.jdbc.sql(DELIVERIES)
			.param(this.jdbc.sql(NEWEST).query(Long.class).single() - DELIVERIES_OF_EVENTS)
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
	 * The sources of the last ten thousand events.
	 * @return when each was last heard of, by its name
	 */
	public Map<String, Instant> sources() {
		ResultSetExtractor<Map<String, Instant>> extractor = (rows) -> {
			Map<String, Instant> sources = new LinkedHashMap<>();
			while (rows.next()) {
				sources.putIfAbsent(rows.getString("source"), Instant.ofEpochMilli(rows.getLong("received_at")));
			}
			return sources;
		};
		return this.reads.read(() -> this.jdbc.sql(SOURCES + SOURCES_OF_EVENTS).query(extractor));
	}

	/**
	 * The payment orders that changed since, each by the event of its latest change.
	 * @param since the time
	 * @param limit how many at most
	 * @return the ids of the events, latest change first
	 */
	public List<Long> orders(Instant since, int limit) {
		return this.reads
			.read(() -> this.jdbc.sql(ORDERS + limit).param(since.toEpochMilli()).query(Long.class).list());
	}

	/**
	 * The bytes of several events as they came in.
	 * @param events the ids of the events
	 * @param largest how many bytes a body may have
	 * @return the bytes by id, of those that still exist and are no larger
	 */
	public Map<Long, byte[]> bodies(Collection<Long> events, int largest) {
		if (events.isEmpty()) {
			return Map.of();
		}
		ResultSetExtractor<Map<Long, byte[]>> extractor = (rows) -> {
			Map<Long, byte[]> bodies = new HashMap<>();
			while (rows.next()) {
				bodies.put(rows.getLong("id"), rows.getBytes("body"));
			}
			return bodies;
		};
		return this.reads
			.read(() -> this.jdbc.sql(BODIES).param("events", events).param("largest", largest).query(extractor));
	}

	/**
	 * The newest of what can be new.
	 *
	 * @param event the id of the newest event, or 0
	 * @param failure the id of the newest failed attempt, or 0
	 */
	public record Newest(long event, long failure) {

	}

	/**
	 * How a handler did.
	 *
	 * @param handler the handler's id
	 * @param done how many deliveries it finished
	 * @param dead how many were given up
	 * @param retried how many of those done took more than one attempt
	 * @param median the time from receipt to done that half of them took at most;
	 * {@code null} if none was done without a replay
	 * @param slowest likewise for nineteen of twenty
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
