package io.pulsehook.inbox.query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.pulsehook.inbox.query.StoredDelivery.FailedAttempt;
import io.pulsehook.inbox.query.StoredDelivery.FormerSuccess;

/**
 * The attempts that are kept of an event's deliveries, by their handlers. The attempt by
 * which the latest run succeeded is not among them: the delivery itself tells of it.
 *
 * @param failed those that did not succeed, oldest first
 * @param succeeded those by which former runs succeeded, oldest first
 */
record StoredAttempts(Map<String, List<FailedAttempt>> failed, Map<String, List<FormerSuccess>> succeeded) {

	private static final String ATTEMPTS = """
			select handler, run, attempt, started_at, finished_at, error, stack_trace, put_off, answer, succeeded
			from pulsehook_attempt where event_id = ? order by handler, run, attempt
			""";

	static StoredAttempts of(JdbcClient jdbc, long event) {
		ResultSetExtractor<StoredAttempts> extractor = StoredAttempts::read;
		return jdbc.sql(ATTEMPTS).param(event).query(extractor);
	}

	private static StoredAttempts read(ResultSet rows) throws SQLException {
		StoredAttempts attempts = new StoredAttempts(new HashMap<>(), new HashMap<>());
		while (rows.next()) {
			String handler = rows.getString("handler");
			if (rows.getInt("succeeded") == 1) {
				attempts.succeeded.computeIfAbsent(handler, (key) -> new ArrayList<>()).add(success(rows));
			}
			else {
				attempts.failed.computeIfAbsent(handler, (key) -> new ArrayList<>()).add(failure(rows));
			}
		}
		return attempts;
	}

	private static FailedAttempt failure(ResultSet row) throws SQLException {
		return new FailedAttempt(row.getInt("run"), row.getInt("attempt"),
				Instant.ofEpochMilli(row.getLong("started_at")), Instant.ofEpochMilli(row.getLong("finished_at")),
				row.getString("error"), row.getString("stack_trace"), row.getInt("put_off") == 1,
				row.getString("answer"));
	}

	private static FormerSuccess success(ResultSet row) throws SQLException {
		return new FormerSuccess(row.getInt("run"), row.getInt("attempt"),
				Instant.ofEpochMilli(row.getLong("started_at")), Instant.ofEpochMilli(row.getLong("finished_at")),
				row.getString("answer"));
	}

}
