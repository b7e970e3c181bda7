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
 * @param newlyFound how many of these no earlier one has found
 * @param stored how many of all that it has found are stored by now
 * @param error why it could not go on, or what it could not compare, or {@code null}
 * @param cursor what it goes on after, with what it could not compare up to there, or
 * {@code null} if it begins. When it has ended, only the latter means anything.
 */
public record StoredReconciliation(long id, String status, boolean scheduled, Instant from, Instant to,
		Instant startedAt, @Nullable Instant finishedAt, long contacts, long missing, long newlyFound, long stored,
		@Nullable String error, @Nullable String cursor) {

	/** The status of one that runs, of which there is one at most. */
	public static final String RUNNING = "running";

	static final String SELECT = """
			select r.id, r.status, r.scheduled, r.window_from, r.window_to, r.started_at, r.finished_at, r.contacts,
				r.error, r.cursor,
				(select count(*) from pulsehook_missing m where m.reconciliation_id = r.id) as missing,
				(select count(m.event_id) from pulsehook_missing m where m.reconciliation_id = r.id) as stored,
				(select count(*) from pulsehook_missing o where o.reconciliation_id = r.id and %s) as newly_found
			from pulsehook_reconciliation r
			""".formatted(StoredMissing.NEW);

	static StoredReconciliation read(ResultSet row) throws SQLException {
		return new StoredReconciliation(row.getLong("id"), row.getString("status"), row.getInt("scheduled") == 1,
				Instant.ofEpochMilli(row.getLong("window_from")), Instant.ofEpochMilli(row.getLong("window_to")),
				Instant.ofEpochMilli(row.getLong("started_at")), EpochMillis.read(row, "finished_at"),
				row.getLong("contacts"), row.getLong("missing"), row.getLong("newly_found"), row.getLong("stored"),
				row.getString("error"), row.getString("cursor"));
	}

}
