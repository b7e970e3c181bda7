package io.pulsehook.inbox.query;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The ids that a search covers, a span at a time. Ids grow with the time of receipt, so
 * that the times of a filter can be turned into ids.
 *
 * @param first the lowest id
 * @param last the highest id
 * @param span how many ids are gone over at once
 * @param direction which way
 */
record SearchBounds(long first, long last, long span, Direction direction) {

	/**
	 * Asks the database for the ids of a filter's times. If the span is limited, it also
	 * asks for the lowest and the highest id: otherwise a search would go through empty
	 * spans without end.
	 * @param jdbc reads the database
	 * @param filter which events
	 * @param span how many ids are gone over at once
	 * @param direction which way
	 * @return the bounds
	 */
	static SearchBounds find(JdbcClient jdbc, EventFilter filter, long span, Direction direction) {
		long first = first(jdbc, filter.from());
		long last = last(jdbc, filter.to());
		if (span == Long.MAX_VALUE) {
			return new SearchBounds(first, last, span, direction);
		}
		return new SearchBounds(Math.max(first, edge(jdbc, "min")), Math.min(last, edge(jdbc, "max")), span, direction);
	}

	private static long first(JdbcClient jdbc, @Nullable Instant from) {
		return (from != null) ? boundary(jdbc, "received_at >= ? order by received_at, id", from, Long.MAX_VALUE) : 0;
	}

	private static long last(JdbcClient jdbc, @Nullable Instant to) {
		return (to != null) ? boundary(jdbc, "received_at < ? order by received_at desc, id desc", to, 0)
				: Long.MAX_VALUE;
	}

	private static long edge(JdbcClient jdbc, String which) {
		return jdbc.sql("select coalesce(" + which + "(id), 0) from pulsehook_event").query(Long.class).single();
	}

	private static long boundary(JdbcClient jdbc, String condition, Instant time, long none) {
		return jdbc.sql("select id from pulsehook_event where " + condition + " limit 1")
			.param(time.toEpochMilli())
			.query(Long.class)
			.optional()
			.orElse(none);
	}

	/**
	 * Returns the next span beyond an id. It merges the bounds into one on each side:
	 * given two, a database may start at the wider one and read all rows from there.
	 * @param position the id
	 * @return the span
	 */
	Range beyond(long position) {
		if (this.direction == Direction.OLDEST_FIRST) {
			long lower = Math.max(this.first, (position < Long.MAX_VALUE) ? position + 1 : position);
			return new Range(lower, (this.last - lower < this.span) ? this.last : lower + this.span - 1);
		}
		long upper = Math.min(this.last, (position > Long.MIN_VALUE) ? position - 1 : position);
		return new Range((upper - this.first < this.span) ? this.first : upper - this.span + 1, upper);
	}

	/**
	 * Cuts a span off behind an id.
	 * @param range the span
	 * @param end the last id in the direction of the search
	 * @return the span until there
	 */
	Range until(Range range, long end) {
		return (this.direction == Direction.OLDEST_FIRST) ? new Range(range.lower(), end)
				: new Range(end, range.upper());
	}

	boolean isLast(Range range) {
		return (this.direction == Direction.OLDEST_FIRST) ? range.upper() >= this.last : range.lower() <= this.first;
	}

	/**
	 * Returns the last id of a span in the direction of the search.
	 * @param range the span
	 * @return the id
	 */
	long end(Range range) {
		return (this.direction == Direction.OLDEST_FIRST) ? range.upper() : range.lower();
	}

	/**
	 * A range of ids, both ends included.
	 *
	 * @param lower the lowest
	 * @param upper the highest
	 */
	record Range(long lower, long upper) {

	}

}
