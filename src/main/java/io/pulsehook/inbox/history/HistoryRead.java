package io.pulsehook.inbox.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.pulsehook.inbox.model.DeliveryStatus;

/**
 * Reads what happened in a period, some thousands of rows at a time, since a long query
 * would keep either database from giving space back. The times of receipt are read from
 * their index alone, and the deliveries in the order of their primary key.
 */
final class HistoryRead {

	private static final int STRETCH = 5_000;

	private static final String EVENTS = """
			select e.id, e.received_at from pulsehook_event e
			where (e.received_at, e.id) > (?, ?) order by e.received_at, e.id limit %d
			""".formatted(STRETCH);

	private static final String DELIVERIES = """
			select d.event_id, d.handler, d.status, d.run, d.attempts, d.started_at, d.finished_at
			from pulsehook_delivery d where d.event_id between ? and ?
			""";

	private static final String FAILURES = """
			select a.id, a.event_id, a.handler, a.finished_at, a.error from pulsehook_attempt a
			where a.id < ? and a.error <> '' order by a.id desc limit %d
			""".formatted(STRETCH);

	private final JdbcClient jdbc;

	private final Window window;

	private final Instant start;

	private final Map<String, RecordTally> tallies = new HashMap<>();

	HistoryRead(JdbcClient jdbc, Window window, Instant now) {
		this.jdbc = jdbc;
		this.window = window;
		this.start = window.start(now);
	}

	History read() {
		readDeliveries();
		readFailures();
		Map<String, HandlerRecord> handlers = new HashMap<>();
		this.tallies.forEach((handler, tally) -> handlers.put(handler, tally.total()));
		return new History(this.window, this.start, handlers);
	}

	private void readDeliveries() {
		List<Received> events = events(this.start.toEpochMilli(), -1);
		while (!events.isEmpty()) {
			readDeliveries(events);
			Received last = events.get(events.size() - 1);
			events = (events.size() == STRETCH) ? events(last.at(), last.event()) : List.of();
		}
	}

	private List<Received> events(long at, long event) {
		ResultSetExtractor<List<Received>> extractor = (rows) -> {
			List<Received> events = new ArrayList<>();
			while (rows.next()) {
				events.add(new Received(rows.getLong(1), rows.getLong(2)));
			}
			return events;
		};
		return this.jdbc.sql(EVENTS).param(at).param(event).query(extractor);
	}

	// Ids grow with the time of receipt, so that hardly any others lie between them.
	private void readDeliveries(List<Received> events) {
		Map<Long, Long> received = events.stream().collect(Collectors.toMap(Received::event, Received::at));
		LongSummaryStatistics ids = events.stream().mapToLong(Received::event).summaryStatistics();
		RowCallbackHandler collector = (row) -> {
			Long at = received.get(row.getLong(1));
			if (at != null) {
				add(row, at);
			}
		};
		this.jdbc.sql(DELIVERIES).param(ids.getMin()).param(ids.getMax()).query(collector);
	}

	private void add(ResultSet row, long receivedAt) throws SQLException {
		int step = (int) ((receivedAt - this.start.toEpochMilli()) / (this.window.width() * 60_000L));
		RecordTally tally = tally(row.getString(2));
		String status = row.getString(3);
		if (status.equals(DeliveryStatus.DEAD.code())) {
			tally.addDead(step);
		}
		else if (status.equals(DeliveryStatus.DONE.code())) {
			tally.addDone(step, Ended.of(row, receivedAt));
		}
		else {
			tally.addUnfinished(step);
		}
	}

	private RecordTally tally(String handler) {
		return this.tallies.computeIfAbsent(handler, (id) -> new RecordTally());
	}

	// Attempts are stored when they have ended, so that a stretch of which none ended in
	// the period is older than it.
	private void readFailures() {
		long before = Long.MAX_VALUE;
		while (before > 0) {
			before = readFailures(before);
		}
	}

	private long readFailures(long before) {
		ResultSetExtractor<Long> extractor = (rows) -> {
			long next = 0;
			boolean any = false;
			while (rows.next()) {
				next = rows.getLong(1);
				if (rows.getLong(4) >= this.start.toEpochMilli()) {
					any = true;
					tally(rows.getString(3)).addFailure(rows.getString(5), rows.getLong(4), rows.getLong(2));
				}
			}
			return any ? next : 0;
		};
		return this.jdbc.sql(FAILURES).param(before).query(extractor);
	}

	private record Received(long event, long at) {

	}

	/**
	 * A delivery that was done.
	 *
	 * @param event the event's id
	 * @param work how many milliseconds the attempt took that succeeded, or -1 if that is
	 * not known
	 * @param waited how many milliseconds it waited before, or -1 likewise
	 * @param attempts how many attempts there were
	 */
	record Ended(long event, long work, long waited, int attempts) {

		private static Ended of(ResultSet row, long receivedAt) throws SQLException {
			long started = row.getLong(6);
			boolean known = !row.wasNull();
			long work = known ? Math.max(0, row.getLong(7) - started) : -1;
			long waited = (known && row.getInt(4) == 1) ? Math.max(0, started - receivedAt) : -1;
			return new Ended(row.getLong(1), work, waited, row.getInt(5));
		}

	}

}
