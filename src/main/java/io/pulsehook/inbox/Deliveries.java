package io.pulsehook.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * What handlers have to do. One process owns the database, so that nothing is written
 * when a delivery begins: what runs is known to the dispatcher alone, and after a crash
 * all that is unfinished is due again.
 */
public final class Deliveries implements AutoCloseable {

	/** How much of events is read at once, so that a backlog does not fill the memory. */
	private static final int READ_LIMIT_BYTES = 4 * 1024 * 1024;

	private static final String DUE = """
			select d.event_id, d.handler, d.ordering_key, d.run, d.attempts,
				e.source, e.type, e.reason, e.received_at, e.body
			from pulsehook_delivery d join pulsehook_event e on e.id = d.event_id
			where d.handler = ? and d.due_at <= ? and d.replay_id is %s
			order by d.due_at, d.event_id
			""";

	private static final String NEXT_DUE = """
			select min(due_at) from pulsehook_delivery where handler = ? and due_at > ? and replay_id is %s
			""";

	private static final String UNFINISHED = """
			select handler, count(*) as deliveries from pulsehook_delivery
			where finished_at is null group by handler
			""";

	private static final String SUPERSEDED = """
			select exists (
				select 1 from pulsehook_event e join pulsehook_order o on o.ordering_key = e.ordering_key
				where e.id = ? and e.kind = 'payment' and o.updated_at > e.occurred_at)
			""";

	private final Writer writer;

	private final SingleConnectionDataSource claimConnection;

	private final JdbcTemplate claims;

	private final JdbcClient jdbc;

	Deliveries(Writer writer, DataSource readers, JdbcClient jdbc) throws SQLException {
		this.writer = writer;
		this.claimConnection = new SingleConnectionDataSource(readers.getConnection(), true);
		this.claims = new JdbcTemplate(this.claimConnection);
		this.jdbc = jdbc;
	}

	/**
	 * The idempotency key of a delivery. The time of receipt is in it because a new or
	 * restored database gives ids again that the outside has seen before.
	 * @param delivery the delivery
	 * @return the same for all attempts and runs
	 */
	public static String id(DueDelivery delivery) {
		return id(delivery.eventId(), delivery.receivedAt(), delivery.handler());
	}

	static String id(long eventId, Instant receivedAt, String handler) {
		return eventId + "-" + Long.toString(receivedAt.toEpochMilli(), Character.MAX_RADIX) + "-" + handler;
	}

	/**
	 * What a handler may run now. To be called by one thread.
	 * @param handler the handler's id
	 * @param traffic which kind of deliveries
	 * @param now the time
	 * @param limit how many at most
	 * @param running tells of an event's id whether its delivery is running already
	 * @return deliveries, the longest due first
	 */
	public Due due(String handler, Traffic traffic, Instant now, int limit, LongPredicate running) {
		ResultSetExtractor<Due> reader = (rows) -> readDue(rows, limit, running);
		Due due = this.claims.query(DUE.formatted(traffic.replayId), reader, handler, now.toEpochMilli());
		return (due != null) ? due : new Due(List.of(), false);
	}

	private static Due readDue(ResultSet rows, int limit, LongPredicate running) throws SQLException {
		List<DueDelivery> deliveries = new ArrayList<>();
		int bytes = 0;
		while (rows.next()) {
			if (running.test(rows.getLong("event_id"))) {
				continue;
			}
			if (deliveries.size() == limit || bytes >= READ_LIMIT_BYTES) {
				return new Due(deliveries, true);
			}
			DueDelivery delivery = read(rows);
			deliveries.add(delivery);
			bytes += delivery.body().length;
		}
		return new Due(deliveries, false);
	}

	private static DueDelivery read(ResultSet row) throws SQLException {
		long key = row.getLong("ordering_key");
		Long orderingKey = row.wasNull() ? null : Long.valueOf(key);
		return new DueDelivery(row.getLong("event_id"), row.getString("handler"), orderingKey, row.getInt("run"),
				row.getInt("attempts"), row.getString("source"), row.getString("type"), row.getString("reason"),
				Instant.ofEpochMilli(row.getLong("received_at")), row.getBytes("body"));
	}

	/**
	 * When the next delivery of a handler becomes due. To be called by the thread that
	 * calls {@link #due}.
	 * @param handler the handler's id
	 * @param traffic which kind of deliveries
	 * @param now the time
	 * @return a time after now, or {@code null} if nothing waits for a time
	 */
	public @Nullable Instant nextDue(String handler, Traffic traffic, Instant now) {
		Long millis = this.claims.queryForObject(NEXT_DUE.formatted(traffic.replayId), Long.class, handler,
				now.toEpochMilli());
		return (millis != null) ? Instant.ofEpochMilli(millis) : null;
	}

	/**
	 * Writes how an attempt ended, also through an outage. The next delivery of the same
	 * handler and key becomes due when this one is finished.
	 * @param outcome how it ended
	 * @return once it is on disk: whether it was accepted; {@code false} if the delivery
	 * has been erased or run by someone else meanwhile
	 */
	public CompletableFuture<Boolean> finish(Outcome outcome) {
		return this.writer.submitSurely(new Finish(outcome));
	}

	/**
	 * Whether an event of the same payment order with a later time of update has been
	 * received.
	 * @param eventId the event's id
	 * @return {@code false} for anything but a payment
	 */
	public boolean isSuperseded(long eventId) {
		return this.jdbc.sql(SUPERSEDED).param(eventId).query(Boolean.class).single();
	}

	/**
	 * How many deliveries are unfinished.
	 * @return their number by handler, of those handlers that have any
	 */
	public Map<String, Long> unfinished() {
		return this.jdbc.sql(UNFINISHED)
			.query((row, number) -> Map.entry(row.getString("handler"), row.getLong("deliveries")))
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	@Override
	public void close() {
		this.claimConnection.destroy();
	}

	/**
	 * The two kinds of deliveries, of which one makes way for the other.
	 */
	public enum Traffic {

		/** Of events that have just been received. */
		LIVE("null"),

		/** That somebody asked for again. */
		REPLAY("not null");

		private final String replayId;

		Traffic(String replayId) {
			this.replayId = replayId;
		}

	}

}
