package io.pulsehook.inbox.sqlite;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.EpochMillis;
import io.pulsehook.inbox.model.Outcome.Attempt;
import io.pulsehook.inbox.model.Outcome.Failure;
import io.pulsehook.inbox.write.BurstOutcome;
import io.pulsehook.inbox.write.Finish;
import io.pulsehook.inbox.write.Interruptions;
import io.pulsehook.inbox.write.KeyQueue;
import io.pulsehook.inbox.write.ReplayResults;
import io.pulsehook.inbox.write.Transaction;

/**
 * Writes how attempts ended, one after the other, and makes due what waited behind them.
 */
final class SqliteFinish {

	// The run and the attempt fence the outcome: it counts once, and only for a delivery
	// that is still there.
	private static final String UPDATE = """
			update pulsehook_delivery
			set status = ?, attempts = ?, due_at = ?, finished_at = ?, last_error = ?, started_at = ?,
				put_offs = ?, put_off_since = ?, answer = ?
			where event_id = ? and handler = ? and run = ? and attempts = ? and finished_at is null
			""";

	private static final String INSERT_ATTEMPT = """
			insert into pulsehook_attempt (event_id, handler, run, attempt, started_at, finished_at, error, stack_trace,
				put_off, answer)
			values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
			""";

	private final Transaction transaction;

	SqliteFinish(Transaction transaction) {
		this.transaction = transaction;
	}

	void write(Finish finish) throws SQLException {
		if (!update(finish)) {
			return;
		}
		finish.accept();
		BurstOutcome.write(this.transaction, finish);
		Interruptions.forgetIfFinished(this.transaction, finish);
		if (finish.delivery().replayed()) {
			ReplayResults.count(this.transaction, List.of(finish));
		}
		Failure failure = finish.outcome().failure();
		if (failure != null) {
			keep(finish, failure);
		}
		Long key = finish.delivery().orderingKey();
		if (finish.letsGo() && key != null) {
			KeyQueue.wakeHead(this.transaction, finish.delivery().handler(), key);
		}
	}

	private boolean update(Finish finish) throws SQLException {
		DueDelivery delivery = finish.delivery();
		Failure failure = finish.outcome().failure();
		PreparedStatement statement = this.transaction.prepare(UPDATE);
		statement.setString(1, finish.status().code());
		statement.setInt(2, finish.attempt().number());
		EpochMillis.set(statement, 3, finish.outcome().retryAt());
		EpochMillis.set(statement, 4, finish.finishedAt());
		statement.setString(5, (failure != null) ? failure.error() : null);
		EpochMillis.set(statement, 6, finish.startedAt());
		statement.setInt(7, delivery.putOffs() + (finish.isPutOff() ? 1 : 0));
		EpochMillis.set(statement, 8, (delivery.putOffSince() != null) ? delivery.putOffSince() : finish.putOffAt());
		statement.setString(9, finish.answer());
		statement.setLong(10, delivery.eventId());
		statement.setString(11, delivery.handler());
		statement.setInt(12, delivery.run());
		statement.setInt(13, delivery.attempts());
		return statement.executeUpdate() == 1;
	}

	private void keep(Finish finish, Failure failure) throws SQLException {
		Attempt attempt = finish.attempt();
		PreparedStatement statement = this.transaction.prepare(INSERT_ATTEMPT);
		statement.setLong(1, attempt.delivery().eventId());
		statement.setString(2, attempt.delivery().handler());
		statement.setInt(3, attempt.delivery().run());
		statement.setInt(4, attempt.number());
		statement.setLong(5, attempt.startedAt().toEpochMilli());
		statement.setLong(6, attempt.finishedAt().toEpochMilli());
		statement.setString(7, failure.error());
		statement.setString(8, failure.stackTrace());
		statement.setInt(9, finish.isPutOff() ? 1 : 0);
		statement.setString(10, attempt.answer());
		statement.executeUpdate();
	}

}
