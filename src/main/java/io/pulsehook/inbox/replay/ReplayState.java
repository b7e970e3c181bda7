package io.pulsehook.inbox.replay;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.inbox.model.Coded;
import io.pulsehook.inbox.model.ReplayStatus;

/**
 * A replay as it is stored, with how far it has come.
 *
 * @param replay what others see of it
 * @param request what it was asked for
 * @param cursor the id of the event that it has come to
 * @param lastEvent the id of the newest event when it was asked for
 * @param waiting how many of its deliveries wait for their handlers
 */
record ReplayState(Replay replay, ReplayRequest request, long cursor, long lastEvent, long waiting) {

	private static final JsonMapper json = JsonMapper.shared();

	private static final String FIND = """
			select id, status, request, cursor, last_event, events, deliveries,
				created_at, finished_at,
				(select count(*) from pulsehook_delivery d
				where d.replay_id = r.id and d.finished_at is null) as unfinished,
				(select count(*) from pulsehook_delivery d
				where d.replay_id = r.id and d.finished_at is null and d.status = 'pending') as waiting
			from pulsehook_replay r
			where r.id = ?""";

	static Optional<ReplayState> find(JdbcClient jdbc, long id) {
		return jdbc.sql(FIND).param(id).query(ReplayState::read).optional();
	}

	private static ReplayState read(ResultSet row, int number) throws SQLException {
		ReplayRequest request = json.readValue(row.getString("request"), ReplayRequest.class);
		long finishedAt = row.getLong("finished_at");
		Replay replay = new Replay(row.getLong("id"), Coded.of(ReplayStatus.class, row.getString("status")),
				row.getLong("events"), row.getLong("deliveries"), row.getLong("unfinished"),
				Instant.ofEpochMilli(row.getLong("created_at")),
				(finishedAt != 0) ? Instant.ofEpochMilli(finishedAt) : null, request.filter().contact() != null,
				request.filter().text() != null);
		return new ReplayState(replay, request, row.getLong("cursor"), row.getLong("last_event"),
				row.getLong("waiting"));
	}

}
