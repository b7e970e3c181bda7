package io.pulsehook.inbox.replay;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.query.EventPage;
import io.pulsehook.inbox.query.StoredEvent;
import io.pulsehook.inbox.write.KeyQueue;
import io.pulsehook.inbox.write.Session;
import io.pulsehook.inbox.write.Transaction;
import io.pulsehook.inbox.write.Write;

/**
 * Takes a replay a few events further. One transaction makes their deliveries and
 * remembers how far the replay has come.
 */
final class ReplayStep implements Write<Integer> {

	private static final String DELIVER = """
			insert into pulsehook_delivery (event_id, handler, ordering_key, position, replay_id, status, due_at)
			select e.id, e.handler, e.ordering_key, (select 2 * max(id) + 1 from pulsehook_event), e.replay_id, 'pending',
				case when exists (%s)
				then null else e.now end
			from (
				select id, case when ? then ordering_key end as ordering_key, cast(? as text) as handler,
					cast(? as bigint) as replay_id, cast(? as bigint) as now
				from pulsehook_event where id = ?) e
			where not ? or exists (
				select 1 from pulsehook_delivery d
				where d.event_id = e.id and d.handler = e.handler and d.status = 'dead')
			on conflict (event_id, handler) do update set
				ordering_key = excluded.ordering_key, position = excluded.position, replay_id = excluded.replay_id,
				status = 'pending', run = pulsehook_delivery.run + 1, attempts = 0, due_at = excluded.due_at,
				finished_at = null, last_error = null, put_offs = 0, put_off_since = null, started_at = null, answer = null,
				burst = null
			where pulsehook_delivery.finished_at is not null and (pulsehook_delivery.status = 'dead' or ?)
			"""
		.formatted(KeyQueue.unfinished("event_id", "e.handler", "e.ordering_key"));

	private static final String DEATH = """
			select d.last_error, d.finished_at from pulsehook_delivery d
			where d.event_id = ? and d.handler = ? and d.status = 'dead'
			""";

	/**
	 * Keeps the attempt by which the run succeeded that is about to be followed by
	 * another one. It is written here and not when the run ended, so that it costs
	 * nothing unless somebody asks for another run.
	 */
	private static final String KEEP_SUCCESS = """
			insert into pulsehook_attempt (event_id, handler, run, attempt, started_at, finished_at, error, stack_trace,
				put_off, answer, succeeded)
			select d.event_id, d.handler, d.run, d.attempts, coalesce(d.started_at, d.finished_at), d.finished_at, '', '',
				0, d.answer, 1
			from pulsehook_delivery d where d.event_id = ? and d.handler = ? and d.status = 'done'
			on conflict (event_id, handler, run, attempt) do nothing
			""";

	private static final String IS_NEXT = """
			select 1 from pulsehook_replay where id = ? and status = 'running' and cursor = ?
			""";

	private static final String ADVANCE = """
			update pulsehook_replay
			set cursor = ?, status = ?, finished_at = ?, events = events + ?, deliveries = deliveries + ?
			where id = ?
			""";

	private final long replay;

	private final long cursor;

	private final ReplayRequest request;

	private final List<StoredEvent> events;

	private final @Nullable Long next;

	ReplayStep(long replay, long cursor, ReplayRequest request, EventPage page) {
		this.replay = replay;
		this.cursor = cursor;
		this.request = request;
		this.events = page.events();
		this.next = page.next();
	}

	@Override
	public Integer apply(Transaction session) throws SQLException {
		if (!isNext(session)) {
			return 0;
		}
		int deliveries = 0;
		for (StoredEvent event : this.events) {
			for (Subscription subscription : session.subscriptions().to(event.type(), event.title())) {
				if (this.request.takes(subscription) && takesDead(session, event, subscription)) {
					deliveries += deliver(session, event, subscription);
				}
			}
		}
		advance(session, deliveries);
		return deliveries;
	}

	// Refuses the step if the replay was cancelled meanwhile, or if another process has
	// taken this step.
	private boolean isNext(Session session) throws SQLException {
		PreparedStatement statement = session.prepare(IS_NEXT);
		statement.setLong(1, this.replay);
		statement.setLong(2, this.cursor);
		try (ResultSet row = statement.executeQuery()) {
			return row.next();
		}
	}

	private boolean takesDead(Session session, StoredEvent event, Subscription subscription) throws SQLException {
		if (!this.request.picksDead()) {
			return true;
		}
		PreparedStatement statement = session.prepare(DEATH);
		statement.setLong(1, event.id());
		statement.setString(2, subscription.handler());
		try (ResultSet row = statement.executeQuery()) {
			return row.next() && this.request.takesDead(row.getString("last_error"), row.getLong("finished_at"));
		}
	}

	private int deliver(Transaction session, StoredEvent event, Subscription subscription) throws SQLException {
		if (this.request.includeDone() && !this.request.isForDeadOnly()) {
			keepSuccess(session, event, subscription);
		}
		PreparedStatement statement = session.prepare(DELIVER);
		statement.setBoolean(1, subscription.ordered());
		statement.setString(2, subscription.handler());
		statement.setLong(3, this.replay);
		statement.setLong(4, session.now().toEpochMilli());
		statement.setLong(5, event.id());
		statement.setBoolean(6, this.request.isForDeadOnly());
		statement.setBoolean(7, this.request.includeDone());
		int delivered = statement.executeUpdate();
		if (delivered > 0) {
			session.arrivals().due(subscription.handler());
		}
		return delivered;
	}

	private static void keepSuccess(Session session, StoredEvent event, Subscription subscription) throws SQLException {
		PreparedStatement statement = session.prepare(KEEP_SUCCESS);
		statement.setLong(1, event.id());
		statement.setString(2, subscription.handler());
		statement.executeUpdate();
	}

	private void advance(Session session, int deliveries) throws SQLException {
		PreparedStatement statement = session.prepare(ADVANCE);
		statement.setObject(1, (this.next != null) ? this.next : Long.valueOf(Long.MAX_VALUE));
		statement.setString(2, ((this.next != null) ? ReplayStatus.RUNNING : ReplayStatus.DONE).code());
		statement.setObject(3, (this.next != null) ? null : Long.valueOf(session.now().toEpochMilli()), Types.BIGINT);
		statement.setInt(4, this.events.size());
		statement.setInt(5, deliveries);
		statement.setLong(6, this.replay);
		statement.executeUpdate();
		if (this.next == null) {
			EndedReplays.blank(session);
		}
	}

}
