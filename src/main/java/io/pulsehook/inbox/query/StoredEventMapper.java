package io.pulsehook.inbox.query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

import org.springframework.jdbc.core.RowMapper;

import io.pulsehook.inbox.model.Coded;
import io.pulsehook.inbox.model.EpochMillis;
import io.pulsehook.inbox.model.EventKind;
import io.pulsehook.inbox.model.EventStatus;

/**
 * Reads events from the rows of a query that begins with {@link #SELECT}.
 */
final class StoredEventMapper implements RowMapper<StoredEvent> {

	static final StoredEventMapper INSTANCE = new StoredEventMapper();

	private static final String COLUMNS = """
			e.id, e.source, e.kind, e.type, e.title, e.service, e.bot, e.contact,
				e.occurred_at, e.received_at, e.arrived_at, e.duplicates, e.reason,
				(select case
					when count(*) = 0 then 'unhandled'
					when count(*) filter (where d.status = 'dead') > 0 then 'dead'
					when count(*) filter (where d.finished_at is null) > 0 then 'open'
					else 'done' end
				from pulsehook_delivery d where d.event_id = e.id) as event_status
			from pulsehook_event e
			""";

	/** The beginning of a query for events; conditions on {@code e} follow it. */
	static final String SELECT = "select " + COLUMNS;

	private StoredEventMapper() {
	}

	/**
	 * Returns the same beginning for a query that selects more.
	 * @param more more columns, each with a comma behind it
	 * @return the beginning
	 */
	static String select(String more) {
		return "select " + more + " " + COLUMNS;
	}

	@Override
	public StoredEvent mapRow(ResultSet row, int number) throws SQLException {
		return new StoredEvent(row.getLong("id"), row.getString("source"),
				Coded.of(EventKind.class, row.getString("kind")), row.getString("type"), row.getString("title"),
				row.getString("service"), row.getString("bot"), row.getString("contact"),
				Coded.of(EventStatus.class, row.getString("event_status")),
				Instant.ofEpochMilli(row.getLong("occurred_at")), Instant.ofEpochMilli(row.getLong("received_at")),
				EpochMillis.read(row, "arrived_at"), row.getInt("duplicates"), row.getString("reason"));
	}

}
