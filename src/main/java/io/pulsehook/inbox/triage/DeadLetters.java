package io.pulsehook.inbox.triage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.pulsehook.inbox.query.DeliveryPage;
import io.pulsehook.inbox.query.QueryExecutor;

/**
 * Lists the deliveries that have been given up. It reads an index that has no others.
 */
public final class DeadLetters {

	/**
	 * Chooses the letters before it joins their events, so that no planner reads all
	 * events.
	 */
	private static final String BEFORE = """
			select d.event_id, d.handler, d.finished_at, d.attempts, d.last_error, e.type, e.contact
			from (
				select event_id, handler, finished_at, attempts, last_error from pulsehook_delivery
				where status = 'dead' and (event_id, handler) < (?, ?)
				order by event_id desc, handler desc limit ?) d
			join pulsehook_event e on e.id = d.event_id
			order by d.event_id desc, d.handler desc
			""";

	private static final String OF_EVENTS = """
			select d.event_id, d.handler, d.finished_at, d.attempts, d.last_error, e.type, e.contact
			from pulsehook_delivery d join pulsehook_event e on e.id = d.event_id
			where d.event_id in (:events) and d.handler = :handler and d.status = 'dead'
			order by d.event_id desc
			""";

	/** The attempts of a burst are those of its first event. */
	private static final String STACK_TRACE = """
			select a.stack_trace from pulsehook_attempt a
			where a.handler = :handler and a.succeeded = 0 and a.event_id = coalesce((
				select d.burst from pulsehook_delivery d
				where d.event_id = :event and d.handler = :handler and d.replay_id is null), :event)
			order by a.run desc, a.attempt desc limit 1
			""";

	private final JdbcClient jdbc;

	private final QueryExecutor executor;

	public DeadLetters(JdbcClient jdbc, QueryExecutor executor) {
		this.jdbc = jdbc;
		this.executor = executor;
	}

	/**
	 * Lists dead letters, those of the newest events first.
	 * @param before the place before which to begin, or {@code null} for the newest
	 * @param limit how many at most
	 * @return the letters; fewer than the limit if no more follow
	 */
	public List<DeadLetter> list(DeliveryPage.@Nullable Cursor before, int limit) {
		DeliveryPage.Cursor place = (before != null) ? before : new DeliveryPage.Cursor(Long.MAX_VALUE, "");
		return this.executor.read(() -> this.jdbc.sql(BEFORE)
			.param(place.eventId())
			.param(place.handler())
			.param(limit)
			.query(DeadLetters::letter)
			.list());
	}

	/**
	 * Finds the dead letters of some events.
	 * @param handler the handler's id
	 * @param events the ids of the events
	 * @return those that are dead at present, newest event first
	 */
	public List<DeadLetter> find(String handler, Collection<Long> events) {
		if (events.isEmpty()) {
			return List.of();
		}
		return this.executor.read(() -> this.jdbc.sql(OF_EVENTS)
			.param("events", events)
			.param("handler", handler)
			.query(DeadLetters::letter)
			.list());
	}

	private static DeadLetter letter(ResultSet row, int number) throws SQLException {
		return new DeadLetter(row.getLong("event_id"), row.getString("handler"),
				Instant.ofEpochMilli(row.getLong("finished_at")), row.getInt("attempts"),
				Objects.toString(row.getString("last_error"), ""), row.getString("type"), row.getString("contact"));
	}

	/**
	 * Finds where the last attempt of a dead letter failed.
	 * @param letter the letter
	 * @return the stack trace with all causes, which is empty if the error says all; none
	 * if the attempt is not kept
	 */
	public Optional<String> stackTrace(DeliveryPage.Cursor letter) {
		return this.executor.read(() -> this.jdbc.sql(STACK_TRACE)
			.param("event", letter.eventId())
			.param("handler", letter.handler())
			.query(String.class)
			.optional());
	}

}
