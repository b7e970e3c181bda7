package io.pulsehook.inbox.query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.pulsehook.inbox.query.SearchBounds.Range;
import io.pulsehook.inbox.write.Dialect;

/**
 * Searches the events, a stretch at a time. It stops when a page is full or has taken its
 * time, so that no filter is slow.
 */
public final class EventSearch {

	/** The bodies of a stretch have at most so many bytes, or there is only one. */
	private static final int MOST_BYTES = 4 * 1024 * 1024;

	private static final String END = "select %s(id) from (%s) s";

	/** Finds the end of a stretch whose bodies fit together into the memory. */
	private static final String END_WITHIN_BYTES = """
			select %s(id) from (
				select s.id, sum(length(e.body)) over (order by s.id %s) - length(e.body) as before
				from (%s) s join pulsehook_event e on e.id = s.id) b
			where b.before < %d
			""";

	private final JdbcClient jdbc;

	private final EventFilter filter;

	private final Direction direction;

	private final EventConditions conditions;

	private final @Nullable EventMatcher matcher;

	private final String end;

	/** The most ids that one query covers. */
	private final long span;

	private @Nullable SearchBounds bounds;

	/**
	 * Prepares a search.
	 * @param database the database
	 * @param jdbc reads it
	 * @param filter which events
	 * @param direction which way to look
	 */
	public EventSearch(Dialect database, JdbcClient jdbc, EventFilter filter, Direction direction) {
		this.jdbc = jdbc;
		this.filter = filter;
		this.direction = direction;
		this.conditions = new EventConditions(database, filter, direction);
		this.matcher = EventMatcher.of(filter);
		this.end = (this.matcher != null && this.matcher.needsBody()) ? END_WITHIN_BYTES.formatted(direction.end(),
				direction.order(), this.conditions.candidates(), MOST_BYTES)
				: END.formatted(direction.end(), this.conditions.candidates());
		this.span = (filter.contact() != null) ? database.contactSpan() : Long.MAX_VALUE;
	}

	/**
	 * Finds the events beyond an id, in the direction of the search. The first page turns
	 * the times of the filter into ids, which all following pages use.
	 * @param beyond the id
	 * @param limit how many at most
	 * @return the page
	 */
	public EventPage page(long beyond, int limit) {
		SearchBounds bounds = bounds();
		List<StoredEvent> found = new ArrayList<>();
		SearchPace pace = new SearchPace(System::nanoTime);
		long position = beyond;
		while (pace.goesOn()) {
			Range range = bounds.beyond(position);
			Long end = endOfStretch(range, pace.stretch());
			if (end == null && bounds.isLast(range)) {
				return new EventPage(found, null);
			}
			if (end != null) {
				search(bounds.until(range, end), pace.stretch(), limit + 1 - found.size(), found);
			}
			if (found.size() > limit) {
				return new EventPage(found.subList(0, limit), found.get(limit - 1).id());
			}
			position = (end != null) ? end : bounds.end(range);
			pace.advance();
		}
		return new EventPage(found, position);
	}

	private SearchBounds bounds() {
		if (this.bounds == null) {
			this.bounds = SearchBounds.find(this.jdbc, this.filter, this.span, this.direction);
		}
		return this.bounds;
	}

	private @Nullable Long endOfStretch(Range range, int stretch) {
		return this.jdbc.sql(this.end)
			.params(this.conditions.parameters(range, stretch))
			.query(Long.class)
			.optional()
			.orElse(null);
	}

	// An event that has become a candidate since the end was found must not push out
	// another one, which the next stretch would not have.
	private void search(Range range, int stretch, int wanted, List<StoredEvent> found) {
		ResultSetExtractor<Boolean> collector = (rows) -> collect(rows, wanted, found);
		this.jdbc
			.sql("""
					select * from (%s where %s) e
					where true%s order by e.id %s%s
					""".formatted(
					(this.matcher != null) ? StoredEventMapper.select(this.matcher.columns())
							: StoredEventMapper.SELECT,
					this.conditions.within(), this.conditions.sql(), this.direction.order(),
					(this.matcher == null) ? " limit " + wanted : ""))
			.params(this.conditions.parameters(range, 2 * stretch))
			.query(collector);
	}

	private boolean collect(ResultSet rows, int wanted, List<StoredEvent> found) throws SQLException {
		int size = found.size() + wanted;
		while (found.size() < size && rows.next()) {
			if (this.matcher == null || this.matcher.matches(rows)) {
				found.add(StoredEventMapper.INSTANCE.mapRow(rows, found.size()));
			}
		}
		return found.size() == size;
	}

}
