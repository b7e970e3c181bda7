package io.pulsehook.inbox.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.EpochMillis;
import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.model.NewEvent.Identity;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.write.Dialect;
import io.pulsehook.inbox.write.Intake;
import io.pulsehook.inbox.write.IntakeTransaction;
import io.pulsehook.inbox.write.KeyQueue;

/**
 * Stores events one after the other, each with a delivery for each handler that takes it.
 * Within a process, a statement costs less than the arrays of a large one would.
 */
final class SqliteIntake {

	private static final String RELEASE_KEY = """
			update pulsehook_event set dedup_key = null
			where dedup_key = ? and coalesce(arrived_at, received_at) <= ?
			""";

	private static final String INSERT_EVENT = """
			insert into pulsehook_event (source, kind, type, title, service, bot, contact, ordering_key,
				dedup_key, occurred_at, received_at, reason, body, trace, arrived_at)
			values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
			on conflict (dedup_key) do nothing
			returning id
			""";

	private static final String COUNT_DUPLICATE = """
			update pulsehook_event set duplicates = duplicates + 1 where dedup_key = ?
			""";

	// The delivery is due at once, unless an earlier one of the same handler and key is
	// unfinished.
	private static final String INSERT_DELIVERY = """
			insert into pulsehook_delivery (event_id, handler, ordering_key, position, status, due_at)
			values (?1, ?2, ?3, 2 * ?1, 'pending', case when exists (%s)
				then null else ?4 end)
			""".formatted(KeyQueue.unfinished("event_id", "?2", "?3"));

	private static final String UPDATE_ORDER = """
			insert into pulsehook_order (ordering_key, event_id, updated_at, status_rank, ranked_event_id)
			values (?1, ?2, ?3, ?4, ?2)
			""" + Dialect.KEEP_LATER_ORDER;

	private final IntakeTransaction transaction;

	SqliteIntake(IntakeTransaction transaction) {
		this.transaction = transaction;
	}

	void store(Intake intake) throws SQLException {
		for (NewEvent event : intake.events()) {
			store(intake, event);
		}
	}

	private void store(Intake intake, NewEvent event) throws SQLException {
		if (event.identity().windowed()) {
			releaseOldKey(event.identity(), event.arrival(this.transaction.now()).minus(intake.dedupWindow()));
		}
		Long id = insert(intake, event);
		if (id == null) {
			countDuplicate(event.identity());
			this.transaction.repeated(intake, event);
			return;
		}
		rememberOrder(id, event);
		deliver(id, event);
		this.transaction.accepted(intake, event);
	}

	private void releaseOldKey(Identity identity, Instant arrivedBefore) throws SQLException {
		PreparedStatement statement = this.transaction.prepare(RELEASE_KEY);
		statement.setBytes(1, identity.key());
		statement.setLong(2, arrivedBefore.toEpochMilli());
		statement.executeUpdate();
	}

	private @Nullable Long insert(Intake intake, NewEvent event) throws SQLException {
		PreparedStatement statement = this.transaction.prepare(INSERT_EVENT);
		statement.setString(1, event.source());
		statement.setString(2, event.kind().code());
		statement.setString(3, event.type());
		statement.setString(4, event.title());
		statement.setString(5, event.service());
		statement.setString(6, event.bot());
		statement.setString(7, event.contact());
		statement.setObject(8, event.orderingKey());
		statement.setBytes(9, event.identity().key());
		statement.setLong(10, event.occurredAt(this.transaction.now()).toEpochMilli());
		statement.setLong(11, this.transaction.now().toEpochMilli());
		statement.setString(12, event.reason());
		statement.setBytes(13, event.body());
		statement.setString(14, intake.trace());
		EpochMillis.set(statement, 15, event.arrivedAt());
		try (ResultSet inserted = statement.executeQuery()) {
			return inserted.next() ? inserted.getLong(1) : null;
		}
	}

	private void countDuplicate(Identity identity) throws SQLException {
		PreparedStatement statement = this.transaction.prepare(COUNT_DUPLICATE);
		statement.setBytes(1, identity.key());
		statement.executeUpdate();
	}

	private void rememberOrder(long id, NewEvent event) throws SQLException {
		if (!event.isOrderState()) {
			return;
		}
		PreparedStatement statement = this.transaction.prepare(UPDATE_ORDER);
		statement.setObject(1, event.orderingKey());
		statement.setLong(2, id);
		statement.setLong(3, event.occurredAt(this.transaction.now()).toEpochMilli());
		statement.setInt(4, event.statusRank());
		statement.executeUpdate();
	}

	private void deliver(long id, NewEvent event) throws SQLException {
		for (Subscription receiver : this.transaction.subscriptions().to(event)) {
			PreparedStatement statement = this.transaction.prepare(INSERT_DELIVERY);
			statement.setLong(1, id);
			statement.setString(2, receiver.handler());
			statement.setObject(3, receiver.ordered() ? event.orderingKey() : null, Types.BIGINT);
			statement.setLong(4, this.transaction.now().toEpochMilli());
			statement.executeUpdate();
			this.transaction.arrivals().due(receiver.handler());
		}
	}

}
