package io.pulsehook.inbox.query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.pulsehook.inbox.write.Dialect;

/**
 * Searches the events, a stretch at a time. It stops when a page is full or enough events
 * were read, so that no filter is slow.
 */
public final class EventSearch {

	private static final int MAX_ROWS = 20_000;

	private static final long MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

	private static final int STRETCH = 1_000;

	/** How many events a stretch has if each of them has to be read. */
	private static final int STRETCH_TO_READ = 250;

	private final JdbcClient jdbc;

	private final EventFilter filter;

	private final Direction direction;

	private final EventConditions conditions;

	private final @Nullable EventMatcher matcher;

	private final int stretch;

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
		this.stretch = (this.matcher != null) ? STRETCH_TO_READ : STRETCH;
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
		long deadline = System.nanoTime() + MAX_NANOS;
		long position = beyond;
		for (int rows = 0; rows < MAX_ROWS && System.nanoTime() < deadline; rows += this.stretch) {
			IdRange range = bounds.beyond(position);
			Map<String, Object> parameters = this.conditions.parameters(range, this.stretch);
			Long end = endOfStretch(parameters);
			if (end == null) {
				if (bounds.isLast(range)) {
					return new EventPage(found, null);
				}
				position = bounds.end(range);
				continue;
			}
			search(parameters, limit + 1 - found.size(), found);
			if (found.size() > limit) {
				return new EventPage(found.subList(0, limit), found.get(limit - 1).id());
			}
			position = end;
		}
		return new EventPage(found, position);
	}

	private SearchBounds bounds() {
		if (this.bounds == null) {
			this.bounds = SearchBounds.find(this.jdbc, this.filter, this.span, this.direction);
		}
		return this.bounds;
	}

	private @Nullable Long endOfStretch(Map<String, Object> parameters) {
		return this.jdbc.sql("select %s(id) from (%s) s".formatted(this.direction.end(), this.conditions.candidates()))
			.params(parameters)
			.query(Long.class)
			.optional()
			.orElse(null);
	}

	private void search(Map<String, Object> parameters, int wanted, List<StoredEvent> found) {
		ResultSetExtractor<Boolean> collector = (rows) -> collect(rows, wanted, found);
		this.jdbc
			.sql("""
					select * from (%s where e.id in (%s)) e
					where true%s order by e.id %s%s
					""".formatted(
					(this.matcher != null) ? StoredEventMapper.select(this.matcher.columns())
							: StoredEventMapper.SELECT,
					this.conditions.candidates(), this.conditions.sql(), this.direction.order(),
					(this.matcher == null) ? " limit " + wanted : ""))
			.params(parameters)
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
