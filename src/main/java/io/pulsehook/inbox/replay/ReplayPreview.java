package io.pulsehook.inbox.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.jdbc.core.simple.JdbcClient;

import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.query.Direction;
import io.pulsehook.inbox.query.EventPage;
import io.pulsehook.inbox.query.EventSearch;
import io.pulsehook.inbox.query.StoredEvent;
import io.pulsehook.inbox.replay.Replays.Count;
import io.pulsehook.inbox.write.Dialect;
import io.pulsehook.inbox.write.Subscriptions;

/**
 * Counts what a replay would do, without doing it.
 */
final class ReplayPreview {

	private static final int PAGE = 1_000;

	/** Counts the deliveries that {@link ReplayStep} would make. */
	private static final String COUNT = """
			select count(*) from pulsehook_event e
			left join pulsehook_delivery d on d.event_id = e.id and d.handler = :handler
			where e.id in (:events) and case when :deadOnly then d.status = 'dead'
				else d.event_id is null or d.status = 'dead' or (d.status = 'done' and :includeDone) end
			""";

	private static final String DEAD = """
			select d.last_error, d.finished_at from pulsehook_delivery d
			where d.handler = :handler and d.event_id in (:events) and d.status = 'dead'
			""";

	private final Dialect database;

	private final JdbcClient jdbc;

	private final Subscriptions subscriptions;

	ReplayPreview(Dialect database, JdbcClient jdbc, Subscriptions subscriptions) {
		this.database = database;
		this.jdbc = jdbc;
		this.subscriptions = subscriptions;
	}

	Count count(ReplayRequest request) {
		EventSearch search = new EventSearch(this.database, this.jdbc, request.filter(), Direction.OLDEST_FIRST);
		long events = 0;
		long deliveries = 0;
		Long cursor = 0L;
		while (cursor != null) {
			EventPage page = search.page(cursor, PAGE);
			events += page.events().size();
			deliveries += deliveries(page.events(), request);
			cursor = page.next();
		}
		return new Count(events, deliveries);
	}

	private long deliveries(List<StoredEvent> events, ReplayRequest request) {
		Map<Subscription, List<Long>> wanted = new HashMap<>();
		for (StoredEvent event : events) {
			for (Subscription subscription : this.subscriptions.to(event.type(), event.title())) {
				if (request.takes(subscription)) {
					wanted.computeIfAbsent(subscription, (key) -> new ArrayList<>()).add(event.id());
				}
			}
		}
		return wanted.entrySet().stream().mapToLong((entry) -> count(entry.getKey(), entry.getValue(), request)).sum();
	}

	private long count(Subscription subscription, List<Long> events, ReplayRequest request) {
		if (request.picksDead()) {
			return this.jdbc.sql(DEAD)
				.param("handler", subscription.handler())
				.param("events", events)
				.query((row, number) -> request.takesDead(row.getString("last_error"), row.getLong("finished_at")))
				.list()
				.stream()
				.filter(Boolean::booleanValue)
				.count();
		}
		return this.jdbc.sql(COUNT)
			.param("handler", subscription.handler())
			.param("events", events)
			.param("deadOnly", request.isForDeadOnly())
			.param("includeDone", request.includeDone())
			.query(Long.class)
			.single();
	}

}
