package io.pulsehook.inbox.replay;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.pulsehook.inbox.model.Coded;
import io.pulsehook.inbox.model.EpochMillis;

/**
 * A replay as it is stored, with how far it has come.
 *
 * @param replay what others see of it
 * @param cursor the id of the event that it has come to
 * @param lastEvent the id of the newest event when it was asked for
 * @param waiting how many of its deliveries wait for their handlers
 */
record ReplayState(Replay replay, long cursor, long lastEvent, long waiting) {

	/**
	 * Counts what is unfinished by its status too, which leads to the index of unfinished
	 * deliveries: that of all deliveries of a replay can be long.
	 */
	private static final String SELECT = """
			select id, status, request, cursor, only_event, last_event, events, deliveries, succeeded, failed,
				created_at, finished_at, asked_by,
				(select count(*) from pulsehook_delivery d
				where d.replay_id = r.id and d.finished_at is null and d.status in ('pending', 'retrying')) as unfinished,
				(select count(*) from pulsehook_delivery d
				where d.replay_id = r.id and d.finished_at is null and d.status = 'pending') as waiting
			from pulsehook_replay r
			""";

	private static final String FIND = SELECT + "where r.id = ?";

	private static final String NEWEST = SELECT + "where r.id < ? order by r.id desc limit ?";

	static Optional<ReplayState> find(JdbcClient jdbc, long id) {
		return jdbc.sql(FIND).param(id).query(ReplayState::read).optional();
	}

	static List<ReplayState> newest(JdbcClient jdbc, long before, int limit) {
		return jdbc.sql(NEWEST).param(before).param(limit).query(ReplayState::read).list();
	}

	ReplayRequest request() {
		return this.replay.request();
	}

	private static ReplayState read(ResultSet row, int number) throws SQLException {
		Replay replay = new Replay(row.getLong("id"), Coded.of(ReplayStatus.class, row.getString("status")),
				row.getLong("events"), row.getLong("deliveries"), row.getLong("unfinished"), row.getLong("succeeded"),
				row.getLong("failed"), Instant.ofEpochMilli(row.getLong("created_at")),
				EpochMillis.read(row, "finished_at"), row.getString("asked_by"), onlyEvent(row),
				RequestJson.read(row.getString("request")));
		return new ReplayState(replay, row.getLong("cursor"), row.getLong("last_event"), row.getLong("waiting"));
	}

	private static @Nullable Long onlyEvent(ResultSet row) throws SQLException {
		long event = row.getLong("only_event");
		return row.wasNull() ? null : Long.valueOf(event);
	}

}
