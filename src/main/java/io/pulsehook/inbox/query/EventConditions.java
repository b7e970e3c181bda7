package io.pulsehook.inbox.query;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.Coded;
import io.pulsehook.inbox.model.EventStatus;
import io.pulsehook.inbox.query.SearchBounds.Range;
import io.pulsehook.inbox.write.Dialect;

/**
 * Turns a filter into conditions in SQL with named parameters. Two parts of the filter
 * are not among them: {@link EventMatcher} reads each event for what no column tells, and
 * its times are turned into ids.
 */
final class EventConditions {

	private static final String DELIVERED = " and exists (select 1 from pulsehook_delivery h "
			+ "where h.event_id = e.id and h.handler = :handler and %s)";

	private final Dialect database;

	private final EventFilter filter;

	private final Direction direction;

	private final Map<String, Object> parameters = new HashMap<>();

	private final StringBuilder sql = new StringBuilder();

	EventConditions(Dialect database, EventFilter filter, Direction direction) {
		this.database = database;
		this.filter = filter;
		this.direction = direction;
		where("contact", "e.contact", filter.contact());
		where("kind", "e.kind", code(filter.kind()));
		if (filter.kind() == null) {
			this.sql.append(" and e.kind <> 'alert'");
		}
		where("type", "e.type", filter.type());
		where("title", "e.title", filter.title());
		where("service", "e.service", filter.service());
		where("source", "e.source", filter.source());
		where("bot", "e.bot", filter.bot());
		Narrowing narrowing = filter.narrowed();
		if (narrowing.paymentStatus() != null) {
			this.sql.append(" and e.kind = 'payment'");
		}
		if (narrowing.handler() != null) {
			this.parameters.put("handler", narrowing.handler());
			this.sql.append(DELIVERED.formatted(atHandler(filter.status())));
		}
		else {
			where("status", "event_status", code(filter.status()));
		}
	}

	// With a handler, the status is the one of the event there.
	private static String atHandler(@Nullable EventStatus status) {
		if (status == null) {
			return "true";
		}
		return switch (status) {
			case OPEN -> "h.finished_at is null";
			case DONE -> "h.status = 'done'";
			case DEAD -> "h.status = 'dead'";
			case UNHANDLED -> "false";
		};
	}

	private void where(String name, String column, @Nullable String value) {
		if (value != null) {
			this.sql.append(" and ").append(column).append(" = :").append(name);
			this.parameters.put(name, value);
		}
	}

	private static @Nullable String code(@Nullable Coded constant) {
		return (constant != null) ? constant.code() : null;
	}

	/**
	 * Returns the conditions in SQL.
	 * @return the conditions, each with an {@code and} before it
	 */
	String sql() {
		return this.sql.toString();
	}

	/**
	 * Returns the values of all parameters.
	 * @param range the ids among which to search
	 * @param stretch how many events to read
	 * @return the values by name
	 */
	Map<String, Object> parameters(Range range, int stretch) {
		Map<String, Object> parameters = new HashMap<>(this.parameters);
		parameters.put("lower", range.lower());
		parameters.put("upper", range.upper());
		parameters.put("stretch", stretch);
		return parameters;
	}

	/**
	 * Returns the query for the next stretch of events. It uses the index that has the
	 * fewest events which cannot match.
	 * @return a query for their ids
	 */
	String candidates() {
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

	/**
	 * Returns the condition for the events of a stretch whose end is known.
	 * @return a condition on {@code e}
	 */
	String within() {
		if (this.filter.status() == EventStatus.DEAD || this.filter.status() == EventStatus.OPEN
				|| this.filter.contact() != null) {
			return "e.id in (" + candidates() + ")";
		}
		return "e.id >= :lower and e.id <= :upper";
	}

	private String stretch(String select, String id) {
		return sorted("%s and %s >= :lower and %s <= :upper".formatted(select, id, id), id);
	}

	private String sorted(String select, String id) {
		return "%s order by %s %s limit :stretch".formatted(select, id, this.direction.order());
	}

}
