package io.pulsehook.inbox.query;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.inbox.model.Coded;
import io.pulsehook.inbox.model.EventStatus;
import io.pulsehook.inbox.write.Dialect;

/**
 * Looks through the events, a stretch at a time, until a page is full or enough has been
 * looked at: that one rule keeps every filter fast.
 */
public final class EventSearch {

	private static final int MAX_ROWS = 20_000;

	private static final long MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

	private static final int STRETCH = 1_000;

	/** Of which each body is read and parsed. */
	private static final int STRETCH_OF_TEXT = 250;

	private static final JsonMapper json = JsonMapper.shared();

	private final Dialect database;

	private final JdbcClient jdbc;

	private final EventFilter filter;

	private final Direction direction;

	private final Map<String, Object> parameters = new HashMap<>();

	private final StringBuilder conditions = new StringBuilder();

	private final @Nullable String text;

	private final int stretch;

	private final long first;

	private final long last;

	/** How many ids are gone over at once. */
	private final long span;

	private long lower;

	private long upper;

	public EventSearch(Dialect database, JdbcClient jdbc, EventFilter filter, Direction direction) {
		this.database = database;
		this.jdbc = jdbc;
		this.filter = filter;
		this.direction = direction;
		this.text = (filter.text() != null) ? filter.text().toLowerCase(Locale.ROOT) : null;
		where("contact", "e.contact", filter.contact());
		where("kind", "e.kind", code(filter.kind()));
		if (filter.kind() == null) {
			this.conditions.append(" and e.kind <> 'alert'");
		}
		where("type", "e.type", filter.type());
		where("title", "e.title", filter.title());
		where("service", "e.service", filter.service());
		where("source", "e.source", filter.source());
		where("bot", "e.bot", filter.bot());
		where("status", "event_status", code(filter.status()));
		this.stretch = (this.text != null) ? STRETCH_OF_TEXT : STRETCH;
		this.parameters.put("stretch", this.stretch);
		this.span = (filter.contact() != null) ? database.contactSpan() : Long.MAX_VALUE;
		boolean everything = this.span == Long.MAX_VALUE;
		this.first = everything ? first(filter.from()) : Math.max(first(filter.from()), edge("min"));
		this.last = everything ? last(filter.to()) : Math.min(last(filter.to()), edge("max"));
	}

	private void where(String name, String column, @Nullable String value) {
		if (value != null) {
			this.conditions.append(" and ").append(column).append(" = :").append(name);
			this.parameters.put(name, value);
		}
	}

	private static @Nullable String code(@Nullable Coded value) {
		return (value != null) ? value.code() : null;
	}

	// Ids grow with the time of receipt.
	private long first(@Nullable Instant from) {
		return (from != null) ? boundary("received_at >= ? order by received_at, id", from, Long.MAX_VALUE) : 0;
	}

	private long last(@Nullable Instant to) {
		return (to != null) ? boundary("received_at < ? order by received_at desc, id desc", to, 0) : Long.MAX_VALUE;
	}

	private long edge(String which) {
		return this.jdbc.sql("select coalesce(" + which + "(id), 0) from pulsehook_event").query(Long.class).single();
	}

	private long boundary(String condition, Instant time, long none) {
		return this.jdbc.sql("select id from pulsehook_event where " + condition + " limit 1")
			.param(time.toEpochMilli())
			.query(Long.class)
			.optional()
			.orElse(none);
	}

	// The events beyond an id, in the direction of the search.
	public EventPage page(long beyond, int limit) {
		List<StoredEvent> found = new ArrayList<>();
		long deadline = System.nanoTime() + MAX_NANOS;
		long position = beyond;
		for (int rows = 0; rows < MAX_ROWS && System.nanoTime() < deadline; rows += this.stretch) {
			moveBeyond(position);
			Long end = endOfStretch();
			if (end == null) {
				if (isLast()) {
					return new EventPage(found, null);
				}
				position = edgeOfSpan();
				continue;
			}
			search(limit + 1 - found.size(), found);
			if (found.size() > limit) {
				return new EventPage(found.subList(0, limit), found.get(limit - 1).id());
			}
			position = end;
		}
		return new EventPage(found, position);
	}

	// One bound on each side: of two, a database may start at the wider one and walk all
	// the way from there.
	private void moveBeyond(long position) {
		if (this.direction == Direction.OLDEST_FIRST) {
			this.lower = Math.max(this.first, (position < Long.MAX_VALUE) ? position + 1 : position);
			this.upper = (this.last - this.lower < this.span) ? this.last : this.lower + this.span - 1;
		}
		else {
			this.upper = Math.min(this.last, (position > Long.MIN_VALUE) ? position - 1 : position);
			this.lower = (this.upper - this.first < this.span) ? this.first : this.upper - this.span + 1;
		}
		this.parameters.put("lower", this.lower);
		this.parameters.put("upper", this.upper);
	}

	private boolean isLast() {
		return (this.direction == Direction.OLDEST_FIRST) ? this.upper >= this.last : this.lower <= this.first;
	}

	private long edgeOfSpan() {
		return (this.direction == Direction.OLDEST_FIRST) ? this.upper : this.lower;
	}

	private @Nullable Long endOfStretch() {
		return this.jdbc.sql("select %s(id) from (%s) s".formatted(this.direction.end, candidates()))
			.params(this.parameters)
			.query(Long.class)
			.optional()
			.orElse(null);
	}

	private void search(int wanted, List<StoredEvent> found) {
		ResultSetExtractor<Boolean> collector = (rows) -> collect(rows, wanted, found);
		this.jdbc.sql("""
				select * from (%s where e.id in (%s)) e
				where true%s order by e.id %s%s
				""".formatted(columns(), candidates(), this.conditions, this.direction.order,
				(this.text == null) ? " limit " + wanted : ""))
			.params(this.parameters)
			.query(collector);
	}

	// Where the events of a stretch are looked up: in the index that has fewest of them.
	private String candidates() {
		if (this.filter.status() == EventStatus.DEAD) {
			return stretch("select distinct event_id as id from pulsehook_delivery where status = 'dead'", "event_id");
		}
		if (this.filter.status() == EventStatus.OPEN) {
			return stretch(
					"select distinct event_id as id from " + this.database.unfinished() + " where finished_at is null",
					"event_id");
		}
		if (this.filter.contact() != null) {
			return sorted(this.database.ofContact(":lower", ":upper", ":contact"), "id");
		}
		return stretch("select id from pulsehook_event where true", "id");
	}

	private String stretch(String select, String id) {
		return sorted("%s and %s >= :lower and %s <= :upper".formatted(select, id, id), id);
	}

	private String sorted(String select, String id) {
		return "%s order by %s %s limit :stretch".formatted(select, id, this.direction.order);
	}

	private String columns() {
		return (this.text != null) ? StoredEvents.SELECT.replaceFirst("select ", "select e.body, ")
				: StoredEvents.SELECT;
	}

	private boolean collect(ResultSet rows, int wanted, List<StoredEvent> found) throws SQLException {
		int size = found.size() + wanted;
		while (found.size() < size && rows.next()) {
			if (this.text == null || readable(rows.getBytes("body")).contains(this.text)) {
				found.add(StoredEvents.event(rows, 0));
			}
		}
		return found.size() == size;
	}

	// Without escapes: other alphabets usually come as \\u0430.
	private static String readable(byte[] body) {
		String text;
		try {
			text = json.readTree(body).toString();
		}
		catch (JacksonException ex) {
			text = new String(body, StandardCharsets.UTF_8);
		}
		return text.toLowerCase(Locale.ROOT);
	}

	/**
	 * Which way to look.
	 */
	public enum Direction {

		/** From the last event to the first. */
		NEWEST_FIRST("desc", "min"),

		/** From the first event to the last. */
		OLDEST_FIRST("asc", "max");

		private final String order;

		private final String end;

		Direction(String order, String end) {
			this.order = order;
			this.end = end;
		}

	}

}
