package io.pulsehook.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What handlers have to do.
 */
public final class Deliveries {

	/** How much of events is read at once, so that a backlog does not fill the memory. */
	static final int READ_LIMIT_BYTES = 4 * 1024 * 1024;

	// The first by the index, which a planner may not take for a minimum.
	static final String NEXT_DUE = """
			select (
				select due_at from pulsehook_delivery
				where handler = ? and due_at > ? and replay_id is %s and runner_id is null
				order by due_at limit 1)
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

	private final Claims claims;

	private final Runner runner;

	private final JdbcClient jdbc;

	Deliveries(Writer writer, Claims claims, Runner runner, JdbcClient jdbc) {
		this.writer = writer;
		this.claims = claims;
		this.runner = runner;
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
	 * Takes what a handler may run now: nobody else gets it until its outcome is written
	 * or it is given back. To be called by one thread.
	 * @param handler the handler's id
	 * @param traffic which kind of deliveries
	 * @param now the time
	 * @param limit how many at most
	 * @param running tells of an event's id whether its delivery is at hand already
	 * @return deliveries, the longest due first
	 */
	public Due due(String handler, Traffic traffic, Instant now, int limit, LongPredicate running) {
		return this.claims.claim(handler, traffic, now, limit, running);
	}

	static DueDelivery read(ResultSet row) throws SQLException {
		long key = row.getLong("ordering_key");
		Long orderingKey = row.wasNull() ? null : Long.valueOf(key);
		return new DueDelivery(row.getLong("event_id"), row.getString("handler"), orderingKey, row.getInt("run"),
				row.getInt("attempts"), row.getLong("runner_id"), row.getString("source"), row.getString("type"),
				row.getString("reason"), Instant.ofEpochMilli(row.getLong("received_at")), row.getString("trace"),
				row.getBytes("body"));
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
		return this.claims.nextDue(handler, traffic, now);
	}

	static @Nullable Instant nextDue(JdbcTemplate jdbc, String handler, Traffic traffic, Instant now) {
		Long millis = jdbc.queryForObject(NEXT_DUE.formatted(traffic.replayId), Long.class, handler,
				now.toEpochMilli());
		return (millis != null) ? Instant.ofEpochMilli(millis) : null;
	}

	/**
	 * Whether a delivery is still this process's to run: another one has taken it over if
	 * this one could not be heard of for too long.
	 * @param delivery a delivery that was taken
	 * @return {@code false} if it must not be begun, and its outcome will be refused
	 */
	public boolean isHeld(DueDelivery delivery) {
		return this.runner.holds(delivery.runner());
	}

	/**
	 * Lets a delivery go that was taken and did not run to its end.
	 * @param delivery the delivery
	 * @return once it may be taken again
	 */
	public CompletableFuture<Boolean> giveBack(DueDelivery delivery) {
		return this.claims.giveBack(delivery);
	}

	/**
	 * Writes how an attempt ended, also through an outage. The next delivery of the same
	 * handler and key becomes due when this one is finished.
	 * @param outcome how it ended
	 * @return once it is on disk: whether it was accepted; {@code false} if the delivery
	 * has been erased or run by someone else meanwhile
	 */
	public CompletableFuture<Boolean> finish(Outcome outcome) {
		return this.writer.submitSurely(new Finish(outcome)).thenApply(Finish::isAccepted);
	}

	/**
	 * Whether an event is a payment of whose order a later state has been received.
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
			.list()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
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

		// What the id of a delivery's replay is, in SQL.
		String replayId() {
			return this.replayId;
		}

	}

}
