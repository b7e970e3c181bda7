package io.pulsehook.inbox.query;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.pulsehook.inbox.write.Dialect;
import io.pulsehook.inbox.write.KeyQueue;

/**
 * Finds events and their deliveries. Queries that can take long run on the threads of the
 * {@link QueryExecutor}.
 */
public final class StoredEvents {

	static final String NEWEST = "select coalesce(max(e.id), 0) from pulsehook_event e";

	private static final String NEWEST_FAILURE = "select coalesce(max(a.id), 0) from pulsehook_attempt a";

	private static final String DELIVERIES = """
			select %s
			from pulsehook_delivery d join pulsehook_event e on e.id = d.event_id
			where d.event_id = ? order by d.handler
			""".formatted(StoredDeliveryMapper.COLUMNS);

	private static final String HEAD = KeyQueue.head("event_id", ":handler", "(select d.ordering_key "
			+ "from pulsehook_delivery d where d.event_id = :event and d.handler = :handler)");

	private static final String STEPS = """
			select handler, name, run, attempt, finished_at, result
			from pulsehook_step where event_id = ? order by handler, run, finished_at, name
			""";

	private static final String BURSTS = """
			select d.handler, m.event_id
			from pulsehook_delivery d join pulsehook_delivery m on m.burst = d.burst and m.handler = d.handler
			where d.event_id = ? and d.burst is not null and d.replay_id is null and m.replay_id is null
			order by m.position, m.event_id
			""";

	private final Dialect database;

	private final JdbcClient jdbc;

	private final QueryExecutor executor;

	private final EventBodies bodies;

	public StoredEvents(Dialect database, JdbcClient jdbc, QueryExecutor executor) {
		this.database = database;
		this.jdbc = jdbc;
		this.executor = executor;
		this.bodies = new EventBodies(jdbc);
	}

	/**
	 * Lists events, newest first. A bounded number of events is read for a page, so that
	 * no filter is slow; a page can therefore have fewer events than the limit although
	 * more follow.
	 * @param filter which events
	 * @param before the id before which to begin, or {@code null} for the newest
	 * @param limit how many at most
	 * @return the page
	 */
	public EventPage page(EventFilter filter, @Nullable Long before, int limit) {
		return this.executor.read(() -> new EventSearch(this.database, this.jdbc, filter, Direction.NEWEST_FIRST)
			.page((before != null) ? before : Long.MAX_VALUE, limit));
	}

	/**
	 * Lists events like {@link #page}, but in the order of their receipt.
	 * @param filter which events
	 * @param after the id behind which to begin
	 * @param limit how many at most
	 * @return the page
	 */
	public EventPage pageAfter(EventFilter filter, long after, int limit) {
		return this.executor
			.read(() -> new EventSearch(this.database, this.jdbc, filter, Direction.OLDEST_FIRST).page(after, limit));
	}

	/**
	 * Finds an event.
	 * @param id its id
	 * @return the event, if there is one
	 */
	public Optional<StoredEvent> find(long id) {
		return this.jdbc.sql(StoredEventMapper.SELECT + "where e.id = ?")
			.param(id)
			.query(StoredEventMapper.INSTANCE)
			.optional();
	}

	/**
	 * Returns the bytes of an event as they were received.
	 * @param id its id
	 * @return the bytes, if there is such an event
	 */
	public Optional<byte[]> body(long id) {
		return this.bodies.find(id);
	}

	/**
	 * Reads the bytes of several events, whatever their size.
	 * @param events the ids of the events
	 * @return what has them
	 */
	public BodyBatch bodies(Collection<Long> events) {
		return BodyBatch.read(this.bodies, this.executor, events);
	}

	/**
	 * Returns the bytes of several events as they were received.
	 * @param events the ids of the events
	 * @param largest how many bytes a body may have at most
	 * @return the bytes by id, of those that still exist and are no larger
	 */
	public Map<Long, byte[]> bodies(Collection<Long> events, int largest) {
		return events.isEmpty() ? Map.of() : this.executor.read(() -> this.bodies.find(events, largest));
	}

	/**
	 * Returns the id of the newest event. It grows when an event arrives.
	 * @return the id, or 0 if there is no event
	 */
	public long newestId() {
		return this.jdbc.sql(NEWEST).query(Long.class).single();
	}

	/**
	 * Returns the id of the newest failed attempt. It grows when an attempt fails.
	 * @return the id, or 0 if there is none
	 */
	public long newestFailureId() {
		return this.jdbc.sql(NEWEST_FAILURE).query(Long.class).single();
	}

	/**
	 * Lists the sources of the last ten thousand events.
	 * @param madeHere which bodies, of those that are small, are of events that were made
	 * here, so that they say nothing about their source
	 * @return when each last sent another event, by its name
	 */
	public Map<String, Instant> recentSources(Predicate<byte[]> madeHere) {
		return new RecentSources(this.jdbc, this.executor, (events) -> bodies(events, RecentSources.LARGEST_BODY))
			.find(madeHere);
	}

	/**
	 * Looks at the events of one contact.
	 * @param contact the contact's id as it was sent
	 * @return what reads them
	 */
	public ContactEvents ofContact(String contact) {
		return new ContactEvents(this.database, this.jdbc, this.executor, contact);
	}

	/**
	 * Lists the deliveries of an event with the attempts of all their runs.
	 * @param id the event's id
	 * @return one for each handler that takes it
	 */
	public List<StoredDelivery> deliveries(long id) {
		return this.jdbc.sql(DELIVERIES)
			.param(id)
			.query(new StoredDeliveryMapper(StoredAttempts.of(this.jdbc, id), bursts(id)))
			.list();
	}

	private Map<String, List<Long>> bursts(long id) {
		return this.jdbc.sql(BURSTS)
			.param(id)
			.query((row, number) -> Map.entry(row.getString("handler"), row.getLong("event_id")))
			.list()
			.stream()
			.collect(Collectors.groupingBy(Map.Entry::getKey,
					Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
	}

	/**
	 * Finds the event that is handled before another one of the same contact or order.
	 * @param delivery the delivery that waits
	 * @return the event's id, unless the delivery waits behind no other
	 */
	public Optional<Long> behind(StoredDelivery delivery) {
		return this.jdbc.sql(HEAD)
			.param("event", delivery.eventId())
			.param("handler", delivery.handler())
			.query(Long.class)
			.optional()
			.filter((head) -> head != delivery.eventId());
	}

	/**
	 * Lists the steps of an event's deliveries.
	 * @param id the event's id
	 * @return those of each handler and run, the first one first
	 */
	public List<StoredStep> steps(long id) {
		return this.jdbc.sql(STEPS)
			.param(id)
			.query((row, number) -> new StoredStep(row.getString("handler"), row.getString("name"), row.getInt("run"),
					row.getInt("attempt"), Instant.ofEpochMilli(row.getLong("finished_at")), row.getString("result")))
			.list();
	}

	/**
	 * Lists deliveries, those of the newest events first. A bounded number of deliveries
	 * is read for a page.
	 * @param among the deliveries among which to search
	 * @param before the delivery before which to begin, or {@code null} for the newest
	 * @param limit how many at most
	 * @param wanted which of them to list
	 * @return the page
	 */
	public DeliveryPage deliveries(DeliveryPage.Among among, DeliveryPage.@Nullable Cursor before, int limit,
			Predicate<StoredDelivery> wanted) {
		return this.executor
			.read(() -> new DeliverySearch(this.database, this.jdbc).page(among, before, limit, wanted));
	}

}
