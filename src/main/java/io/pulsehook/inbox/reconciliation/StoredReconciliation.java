package io.pulsehook.inbox.reconciliation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.EpochMillis;

/**
 * A reconciliation as it is stored.
 *
 * @param id its id
 * @param status the word that stands for its status, {@value #RUNNING} while it runs
 * @param scheduled whether the schedule began it
 * @param from the beginning of its window
 * @param to the end of its window
 * @param startedAt when it began
 * @param finishedAt when it ended, or {@code null} while it runs
 * @param contacts how many contacts it has compared
 * @param missing how many messages it has found
 * @param stored how many of these are stored by now
 * @param error why it could not go on, or what it could not compare, or {@code null}
 * @param cursor what it goes on after, or {@code null} if it begins
 */
public record StoredReconciliation(long id, String status, boolean scheduled, Instant from, Instant to,
		Instant startedAt, @Nullable Instant finishedAt, long contacts, long missing, long stored,
		@Nullable String error, @Nullable String cursor) {

	/** The status of one that runs, of which there is one at most. */
	public static final String RUNNING = "running";

	static final String SELECT = """
			select r.id, r.status, r.scheduled, r.window_from, r.window_to, r.started_at, r.finished_at, r.contacts,
				r.error, r.cursor,
				(select count(*) from pulsehook_missing m where m.reconciliation_id = r.id) as missing,
				(select count(m.event_id) from pulsehook_missing m where m.reconciliation_id = r.id) as stored
			from pulsehook_reconciliation r
			""";

	static StoredReconciliation read(ResultSet row) throws SQLException {
		return new StoredReconciliation(row.getLong("id"), row.getString("status"), row.getInt("scheduled") == 1,
				Instant.ofEpochMilli(row.getLong("window_from")), Instant.ofEpochMilli(row.getLong("window_to")),
				Instant.ofEpochMilli(row.getLong("started_at")), EpochMillis.read(row, "finished_at"),
				row.getLong("contacts"), row.getLong("missing"), row.getLong("stored"), row.getString("error"),
				row.getString("cursor"));
	}

}
