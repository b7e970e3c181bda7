package io.pulsehook.inbox;

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

/**
 * Looks through the events from the newest on, a stretch at a time, until a page is full
 * or enough has been looked at: that one rule keeps every filter fast.
 */
final class EventSearch {

	private static final int MAX_ROWS = 20_000;

	private static final long MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

	private static final int STRETCH = 1_000;

	private static final JsonMapper json = JsonMapper.shared();

	private final JdbcClient jdbc;

	private final Map<String, Object> parameters = new HashMap<>();

	private final StringBuilder conditions = new StringBuilder();

	private final String contactCondition;

	private final @Nullable String text;

	private final long first;

	private final long last;

	EventSearch(JdbcClient jdbc, EventFilter filter) {
		this.jdbc = jdbc;
		this.contactCondition = (filter.contact() != null) ? " and e.contact = :contact" : "";
		this.text = (filter.text() != null) ? filter.text().toLowerCase(Locale.ROOT) : null;
		where("contact", "e.contact", filter.contact());
		where("kind", "e.kind", filter.kind());
		where("type", "e.type", filter.type());
		where("title", "e.title", filter.title());
		where("service", "e.service", filter.service());
		where("source", "e.source", filter.source());
		where("status", "event_status", filter.status());
		this.first = boundary(filter.from(), "received_at >= ? order by received_at, id", 0);
		this.last = boundary(filter.to(), "received_at < ? order by received_at desc, id desc", Long.MAX_VALUE - 1);
	}

	private void where(String name, String column, @Nullable String value) {
		if (value != null) {
			this.conditions.append(" and ").append(column).append(" = :").append(name);
			this.parameters.put(name, value);
		}
	}

	// Ids grow with the time of receipt.
	private long boundary(@Nullable Instant time, String condition, long none) {
		if (time == null) {
			return none;
		}
		return this.jdbc.sql("select id from pulsehook_event where " + condition + " limit 1")
			.param(time.toEpochMilli())
			.query(Long.class)
			.optional()
			.orElse((none == 0) ? Long.MAX_VALUE : 0);
	}

	EventPage page(long before, int limit) {
		List<StoredEvent> found = new ArrayList<>();
		long deadline = System.nanoTime() + MAX_NANOS;
		long end = Math.min(before, this.last + 1);
		for (int rows = 0; rows < MAX_ROWS && System.nanoTime() < deadline; rows += STRETCH) {
			Long begin = beginOfStretch(end);
			if (begin == null) {
				return new EventPage(found, null);
			}
			search(begin, end, limit + 1 - found.size(), found);
			if (found.size() > limit) {
				return new EventPage(found.subList(0, limit), found.get(limit - 1).id());
			}
			end = begin;
		}
		return new EventPage(found, end);
	}

	private @Nullable Long beginOfStretch(long end) {
		return this.jdbc.sql("""
				select min(id) from (
					select e.id from pulsehook_event e where e.id >= :first and e.id < :end%s
					order by e.id desc limit :stretch)
				""".formatted(this.contactCondition))
			.param("first", this.first)
			.param("end", end)
			.param("stretch", STRETCH)
			.params(this.parameters)
			.query(Long.class)
			.optional()
			.orElse(null);
	}

	private void search(long begin, long end, int wanted, List<StoredEvent> found) {
		ResultSetExtractor<Boolean> collector = (rows) -> collect(rows, wanted, found);
		this.jdbc.sql("""
				select * from (%s where e.id >= :begin and e.id < :end) e
				where true%s order by e.id desc%s
				""".formatted(columns(), this.conditions, (this.text == null) ? " limit " + wanted : ""))
			.param("begin", begin)
			.param("end", end)
			.params(this.parameters)
			.query(collector);
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

}
