package io.pulsehook.inbox;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.Outcome.Failure;

/**
 * Writes how an attempt ended, and wakes the delivery that waited behind it.
 */
final class Finish implements Write<Boolean> {

	// Fenced by run and attempt: an outcome counts once, and only for what is still
	// there.
	private static final String UPDATE = """
			update pulsehook_delivery
			set status = ?, attempts = ?, due_at = ?, finished_at = ?, last_error = ?
			where event_id = ? and handler = ? and run = ? and attempts = ? and finished_at is null
			""";

	private static final String INSERT_ATTEMPT = """
			insert into pulsehook_attempt (event_id, handler, run, attempt, started_at, finished_at, error, stack_trace)
			values (?, ?, ?, ?, ?, ?, ?, ?)
			""";

	private static final String WAKE_NEXT = """
			update pulsehook_delivery set due_at = ?1
			where handler = ?2 and due_at is null and event_id = (
				select event_id from pulsehook_delivery
				where handler = ?2 and ordering_key = ?3 and finished_at is null
				order by position, replay_id, event_id limit 1)
			""";

	private final Outcome outcome;

	private final DueDelivery delivery;

	Finish(Outcome outcome) {
		this.outcome = outcome;
		this.delivery = outcome.delivery();
	}

	@Override
	public Boolean apply(Session session) throws SQLException {
		if (!update(session)) {
			return false;
		}
		if (this.outcome.failure() != null) {
			keep(session, this.outcome.failure());
		}
		if (this.outcome.retryAt() == null && this.delivery.orderingKey() != null) {
			wakeNext(session, this.delivery.handler(), this.delivery.orderingKey(), this.outcome.finishedAt());
		}
		return true;
	}

	private boolean update(Session session) throws SQLException {
		Failure failure = this.outcome.failure();
		Instant retryAt = this.outcome.retryAt();
		PreparedStatement statement = session.prepare(UPDATE);
		statement.setString(1, status());
		statement.setInt(2, this.outcome.attempt());
		setInstant(statement, 3, retryAt);
		setInstant(statement, 4, (retryAt != null) ? null : this.outcome.finishedAt());
		statement.setString(5, (failure != null) ? failure.error() : null);
		statement.setLong(6, this.delivery.eventId());
		statement.setString(7, this.delivery.handler());
		statement.setInt(8, this.delivery.run());
		statement.setInt(9, this.delivery.attempts());
		return statement.executeUpdate() == 1;
	}

	private String status() {
		if (this.outcome.failure() == null) {
			return "done";
		}
		return (this.outcome.retryAt() != null) ? "retrying" : "dead";
	}

	private void keep(Session session, Failure failure) throws SQLException {
		PreparedStatement statement = session.prepare(INSERT_ATTEMPT);
		statement.setLong(1, this.delivery.eventId());
		statement.setString(2, this.delivery.handler());
		statement.setInt(3, this.delivery.run());
		statement.setInt(4, this.outcome.attempt());
		statement.setLong(5, this.outcome.startedAt().toEpochMilli());
		statement.setLong(6, this.outcome.finishedAt().toEpochMilli());
		statement.setString(7, failure.error());
		statement.setString(8, failure.stackTrace());
		statement.executeUpdate();
	}

	// Makes due what is first in a key, unless it is already.
	static boolean wakeNext(Session session, String handler, long orderingKey, Instant now) throws SQLException {
		PreparedStatement statement = session.prepare(WAKE_NEXT);
		statement.setLong(1, now.toEpochMilli());
		statement.setString(2, handler);
		statement.setLong(3, orderingKey);
		if (statement.executeUpdate() == 0) {
			return false;
		}
		session.arrivals().due(handler);
		return true;
	}

	private static void setInstant(PreparedStatement statement, int index, @Nullable Instant instant)
			throws SQLException {
		if (instant != null) {
			statement.setLong(index, instant.toEpochMilli());
		}
		else {
			statement.setNull(index, Types.BIGINT);
		}
	}

}
