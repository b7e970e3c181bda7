package io.pulsehook.inbox.query;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.pulsehook.inbox.model.Columns;
import io.pulsehook.inbox.query.SearchBounds.Range;
import io.pulsehook.inbox.write.Dialect;

/**
 * Looks at the stored events of one contact, of any source. {@link StoredEvents} makes
 * it.
 */
public final class ContactEvents {

	private static final String COUNT = """
			with own as (%s)
			select (select count(*) from own) as events,
				(select count(*) from pulsehook_delivery d where d.event_id in (select id from own)) as deliveries,
				(select count(*) from pulsehook_attempt a where a.event_id in (select id from own)) as attempts
			""";

	private final JdbcClient jdbc;

	private final QueryExecutor executor;

	private final String ofContact;

	private final long span;

	private final String contact;

	/**
	 * Creates it.
	 * @param database the database
	 * @param jdbc reads it
	 * @param executor runs the queries
	 * @param contact the contact's id as it was sent
	 */
	ContactEvents(Dialect database, JdbcClient jdbc, QueryExecutor executor, String contact) {
		this.jdbc = jdbc;
		this.executor = executor;
		this.ofContact = database.ofContact(":lower", ":upper", ":contact");
		this.span = database.contactSpan();
		this.contact = Columns.safe(contact);
	}

	/**
	 * Finds the contact's events before and after one, in the order of their receipt.
	 * @param event the event's id
	 * @return the ids of both, each {@code null} if there is none
	 */
	public Neighbours neighbours(long event) {
		return this.executor
			.read(() -> new Neighbours(nearest(event, Direction.NEWEST_FIRST), nearest(event, Direction.OLDEST_FIRST)));
	}

	private @Nullable Long nearest(long event, Direction direction) {
		SearchBounds bounds = bounds(direction);
		String query = "%s order by id %s limit 1".formatted(this.ofContact, direction.order());
		Range range = bounds.beyond(event);
		Long found = this.jdbc.sql(query).params(parameters(range)).query(Long.class).optional().orElse(null);
		while (found == null && !bounds.isLast(range)) {
			range = bounds.beyond(bounds.end(range));
			found = this.jdbc.sql(query).params(parameters(range)).query(Long.class).optional().orElse(null);
		}
		return found;
	}

	/**
	 * Counts what is stored about the contact, which is what an erasure would delete.
	 * @return how much it is
	 */
	public Stored stored() {
		return this.executor.read(this::count);
	}

	private Stored count() {
		SearchBounds bounds = bounds(Direction.OLDEST_FIRST);
		Range range = bounds.beyond(-1);
		Stored all = count(range);
		while (!bounds.isLast(range)) {
			range = bounds.beyond(bounds.end(range));
			all = all.plus(count(range));
		}
		return all;
	}

	private Stored count(Range range) {
		return this.jdbc.sql(COUNT.formatted(this.ofContact))
			.params(parameters(range))
			.query((row, number) -> new Stored(row.getLong("events"), row.getLong("deliveries"),
					row.getLong("attempts")))
			.single();
	}

	private SearchBounds bounds(Direction direction) {
		return SearchBounds.find(this.jdbc, EventFilter.ALL, this.span, direction);
	}

	private Map<String, Object> parameters(Range range) {
		return Map.of("lower", range.lower(), "upper", range.upper(), "contact", this.contact);
	}

	/**
	 * The events next to one.
	 *
	 * @param previous the id of the event before it, or {@code null} if it is the first
	 * @param next the id of the event after it, or {@code null} if it is the newest
	 */
	public record Neighbours(@Nullable Long previous, @Nullable Long next) {

		/** What an event has that is no contact's. */
		public static final Neighbours NONE = new Neighbours(null, null);

	}

	/**
	 * How much is stored.
	 *
	 * @param events how many events
	 * @param deliveries how many deliveries of these events
	 * @param attempts how many attempts of these deliveries have been recorded
	 */
	public record Stored(long events, long deliveries, long attempts) {

		private Stored plus(Stored other) {
			return new Stored(this.events + other.events, this.deliveries + other.deliveries,
					this.attempts + other.attempts);
		}

	}

}
