package io.pulsehook.inbox.replay;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.inbox.query.DeliveryPage.Cursor;

/**
 * A delivery of a replay that has ended.
 *
 * @param event the event's id
 * @param handler the handler's id
 * @param endedAt when it was done or dead
 * @param error why it died, or {@code null} if it is done
 */
public record ReplayedDelivery(long event, String handler, Instant endedAt, @Nullable String error) {

	/**
	 * Each status has a form of its condition that leads to an index without the others:
	 * few deliveries are dead, however many a replay has.
	 */
	private static final String ENDED = """
			select d.event_id, d.handler, d.finished_at, d.last_error from pulsehook_delivery d
			where %s and d.status = '%s' and d.event_id <= ? and (d.event_id, d.handler) < (?, ?)
			order by d.event_id desc, d.handler desc limit ?
			""";

	private static final String DEAD = ENDED.formatted("coalesce(d.replay_id, 0) = ?", DeliveryStatus.DEAD.code());

	private static final String DONE = ENDED.formatted("d.replay_id = ?", DeliveryStatus.DONE.code());

	/**
	 * Returns its place in the list, before which the next page begins.
	 * @return the place
	 */
	public Cursor place() {
		return new Cursor(this.event, this.handler);
	}

	static List<ReplayedDelivery> ended(JdbcClient jdbc, long replay, boolean dead, Cursor before, int limit) {
		return jdbc.sql(dead ? DEAD : DONE)
			.param(replay)
			.param(before.eventId())
			.param(before.eventId())
			.param(before.handler())
			.param(limit)
			.query((row, number) -> new ReplayedDelivery(row.getLong("event_id"), row.getString("handler"),
					Instant.ofEpochMilli(row.getLong("finished_at")), row.getString("last_error")))
			.list();
	}

}
