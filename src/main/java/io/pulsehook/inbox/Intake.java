package io.pulsehook.inbox;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.NewEvent.Identity;

/**
 * Stores the elements of one request and a delivery for each handler that takes them.
 */
final class Intake implements Write<Receipt> {

	private static final String RELEASE_KEY = """
			update pulsehook_event set dedup_key = null where dedup_key = ? and received_at <= ?
			""";

	private static final String INSERT_EVENT = """
			insert into pulsehook_event (source, kind, type, title, service, bot, contact, ordering_key,
				dedup_key, occurred_at, received_at, reason, body)
			values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
			on conflict (dedup_key) do nothing
			returning id
			""";

	private static final String COUNT_DUPLICATE = """
			update pulsehook_event set duplicates = duplicates + 1 where dedup_key = ?
			""";

	// Due at once, unless an earlier delivery of the same handler and key is unfinished.
	private static final String INSERT_DELIVERY = """
			insert into pulsehook_delivery (event_id, handler, ordering_key, position, status, due_at)
			values (?1, ?2, ?3, 2 * ?1, 'pending', case when exists (
				select 1 from pulsehook_delivery
				where handler = ?2 and ordering_key = ?3 and finished_at is null) then null else ?4 end)
			""";

	private static final String UPDATE_ORDER = """
			insert into pulsehook_order (ordering_key, event_id, updated_at) values (?, ?, ?)
			on conflict (ordering_key) do update set event_id = excluded.event_id, updated_at = excluded.updated_at
			where excluded.updated_at >= pulsehook_order.updated_at
			""";

	private final List<NewEvent> events;

	private final Subscriptions subscriptions;

	private final Duration dedupWindow;

	private final InstantSource clock;

	private int duplicates;

	private int unrecognized;

	Intake(List<NewEvent> events, Subscriptions subscriptions, Duration dedupWindow, InstantSource clock) {
		this.events = events;
		this.subscriptions = subscriptions;
		this.dedupWindow = dedupWindow;
		this.clock = clock;
	}

	@Override
	public Receipt apply(Session session) throws SQLException {
		this.duplicates = 0;
		this.unrecognized = 0;
		Instant now = this.clock.instant();
		for (NewEvent event : this.events) {
			store(session, event, now);
		}
		return new Receipt(this.events.size() - this.duplicates, this.duplicates, this.unrecognized);
	}

	private void store(Session session, NewEvent event, Instant now) throws SQLException {
		if (event.identity().windowed()) {
			releaseOldKey(session, event.identity(), now);
		}
		Long id = insert(session, event, now);
		if (id == null) {
			this.duplicates++;
			countDuplicate(session, event.identity());
			session.counts().add(event, "duplicate", now.toEpochMilli());
			return;
		}
		if (event.reason() != null) {
			this.unrecognized++;
		}
		session.counts().add(event, "accepted", now.toEpochMilli());
		rememberOrder(session, id, event);
		deliver(session, id, event, now);
	}

	private void releaseOldKey(Session session, Identity identity, Instant now) throws SQLException {
		PreparedStatement statement = session.prepare(RELEASE_KEY);
		statement.setBytes(1, identity.key());
		statement.setLong(2, now.minus(this.dedupWindow).toEpochMilli());
		statement.executeUpdate();
	}

	private static @Nullable Long insert(Session session, NewEvent event, Instant now) throws SQLException {
		Instant occurredAt = (event.occurredAt() != null) ? event.occurredAt() : now;
		PreparedStatement statement = session.prepare(INSERT_EVENT);
		statement.setString(1, event.source());
		statement.setString(2, event.kind());
		statement.setString(3, event.type());
		statement.setString(4, event.title());
		statement.setString(5, event.service());
		statement.setString(6, event.bot());
		statement.setString(7, event.contact());
		statement.setObject(8, event.orderingKey());
		statement.setBytes(9, event.identity().key());
		statement.setLong(10, occurredAt.toEpochMilli());
		statement.setLong(11, now.toEpochMilli());
		statement.setString(12, event.reason());
		statement.setBytes(13, event.body());
		try (ResultSet inserted = statement.executeQuery()) {
			return inserted.next() ? inserted.getLong(1) : null;
		}
	}

	private static void countDuplicate(Session session, Identity identity) throws SQLException {
		PreparedStatement statement = session.prepare(COUNT_DUPLICATE);
		statement.setBytes(1, identity.key());
		statement.executeUpdate();
	}

	private static void rememberOrder(Session session, long id, NewEvent event) throws SQLException {
		if (!event.kind().equals("payment") || event.orderingKey() == null || event.occurredAt() == null) {
			return;
		}
		PreparedStatement statement = session.prepare(UPDATE_ORDER);
		statement.setLong(1, event.orderingKey());
		statement.setLong(2, id);
		statement.setLong(3, event.occurredAt().toEpochMilli());
		statement.executeUpdate();
	}

	private void deliver(Session session, long id, NewEvent event, Instant now) throws SQLException {
		List<Subscription> receivers = this.subscriptions.to(event.type());
		if (receivers.isEmpty()) {
			session.arrivals().unhandled(event.type());
		}
		for (Subscription receiver : receivers) {
			PreparedStatement statement = session.prepare(INSERT_DELIVERY);
			statement.setLong(1, id);
			statement.setString(2, receiver.handler());
			statement.setObject(3, receiver.ordered() ? event.orderingKey() : null, Types.BIGINT);
			statement.setLong(4, now.toEpochMilli());
			statement.executeUpdate();
			session.arrivals().due(receiver.handler());
		}
	}

}
