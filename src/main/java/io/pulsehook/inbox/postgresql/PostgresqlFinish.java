package io.pulsehook.inbox.postgresql;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.Outcome.Failure;
import io.pulsehook.inbox.write.BurstOutcome;
import io.pulsehook.inbox.write.Finish;
import io.pulsehook.inbox.write.Interruptions;
import io.pulsehook.inbox.write.KeyQueue;
import io.pulsehook.inbox.write.Transaction;

/**
 * Writes with one statement how many attempts ended, and makes due with another what
 * waited behind them.
 */
final class PostgresqlFinish {

	// The lease, the run and the attempt fence the outcome: it counts once, only for a
	// delivery that is still there, and not if the replica had been given up. The plan
	// may have been made when there was hardly a row. The arrays of ids and handlers
	// lead it to the primary key even then, and "coalesce" keeps it from the index of
	// unfinished deliveries, which looks shorter then.
	private static final String UPDATE = """
			update pulsehook_delivery d
			set status = o.status, attempts = o.attempts + 1, due_at = o.due_at, finished_at = o.finished_at,
				last_error = o.error, runner_id = null, started_at = o.started_at,
				put_offs = d.put_offs + case when o.put_off_at is null then 0 else 1 end,
				put_off_since = coalesce(d.put_off_since, o.put_off_at), answer = o.answer
			from unnest(?::bigint[], ?::text[], ?::int[], ?::int[], ?::bigint[], ?::text[], ?::bigint[], ?::bigint[],
				?::text[], ?::bigint[], ?::bigint[], ?::text[]) with ordinality
				as o (event_id, handler, run, attempts, runner_id, status, due_at, finished_at, error, started_at,
					put_off_at, answer, place)
			where d.event_id = any (?::bigint[]) and d.handler = any (?::text[])
				and d.event_id = o.event_id and d.handler = o.handler
				and d.run = o.run and d.attempts = o.attempts
				and d.runner_id is not distinct from o.runner_id and coalesce(d.finished_at, -1) < 0
			returning o.place
			""";

	private static final String INSERT_ATTEMPTS = """
			insert into pulsehook_attempt (event_id, handler, run, attempt, started_at, finished_at, error, stack_trace,
				put_off, answer)
			select * from unnest(?::bigint[], ?::text[], ?::int[], ?::int[], ?::bigint[], ?::bigint[], ?::text[],
				?::text[], ?::int[], ?::text[])
			""";

	// Selects the head of each key by its event, and then of the deliveries of that event
	// only those that are heads, so that it takes no join.
	private static final String WAKE_NEXT = """
			update pulsehook_delivery d set due_at = ?
			where d.event_id = any (array(
					select (%s)
					from (
						select distinct handler, ordering_key
						from unnest(?::text[], ?::bigint[]) as u (handler, ordering_key)) k))
				and d.handler = any (?::text[]) and d.due_at is null and coalesce(d.finished_at, -1) < 0
				and d.event_id = (%s)
			returning d.handler
			""".formatted(KeyQueue.head("event_id", "k.handler", "k.ordering_key"),
			KeyQueue.head("event_id", "d.handler", "d.ordering_key"));

	private final Transaction transaction;

	PostgresqlFinish(Transaction transaction) {
		this.transaction = transaction;
	}

	void write(List<Finish> finishes) throws SQLException {
		update(finishes);
		List<Finish> accepted = finishes.stream().filter(Finish::isAccepted).toList();
		for (Finish finish : accepted) {
			BurstOutcome.write(this.transaction, finish);
			Interruptions.forgetIfFinished(this.transaction, finish);
		}
		keepFailures(accepted.stream().filter((finish) -> finish.outcome().failure() != null).toList());
		wakeNext(accepted.stream().filter(Finish::letsGo).map(Finish::delivery).toList());
	}

	private void update(List<Finish> finishes) throws SQLException {
		PreparedStatement statement = this.transaction.prepare(UPDATE);
		Array events = array("bigint", finishes, (finish) -> finish.delivery().eventId());
		statement.setArray(1, events);
		Array handlers = array("text", finishes, (finish) -> finish.delivery().handler());
		statement.setArray(2, handlers);
		statement.setArray(3, array("int", finishes, (finish) -> finish.delivery().run()));
		statement.setArray(4, array("int", finishes, (finish) -> finish.delivery().attempts()));
		statement.setArray(5, array("bigint", finishes, (finish) -> finish.delivery().runner()));
		statement.setArray(6, array("text", finishes, (finish) -> finish.status().code()));
		statement.setArray(7, array("bigint", finishes, (finish) -> millis(finish.outcome().retryAt())));
		statement.setArray(8, array("bigint", finishes, (finish) -> millis(finish.finishedAt())));
		statement.setArray(9, array("text", finishes, (finish) -> error(finish.outcome().failure())));
		statement.setArray(10, array("bigint", finishes, (finish) -> millis(finish.startedAt())));
		statement.setArray(11, array("bigint", finishes, (finish) -> millis(finish.putOffAt())));
		statement.setArray(12, answers(finishes, Finish::answer));
		statement.setArray(13, events);
		statement.setArray(14, handlers);
		try (ResultSet row = statement.executeQuery()) {
			while (row.next()) {
				finishes.get(row.getInt("place") - 1).accept();
			}
		}
	}

	private static @Nullable Long millis(@Nullable Instant instant) {
		return (instant != null) ? instant.toEpochMilli() : null;
	}

	private static @Nullable String error(@Nullable Failure failure) {
		return (failure != null) ? failure.error() : null;
	}

	private void keepFailures(List<Finish> failed) throws SQLException {
		if (failed.isEmpty()) {
			return;
		}
		PreparedStatement statement = this.transaction.prepare(INSERT_ATTEMPTS);
		statement.setArray(1, array("bigint", failed, (finish) -> finish.delivery().eventId()));
		statement.setArray(2, array("text", failed, (finish) -> finish.delivery().handler()));
		statement.setArray(3, array("int", failed, (finish) -> finish.delivery().run()));
		statement.setArray(4, array("int", failed, (finish) -> finish.attempt().number()));
		statement.setArray(5, array("bigint", failed, (finish) -> finish.attempt().startedAt().toEpochMilli()));
		statement.setArray(6, array("bigint", failed, (finish) -> finish.attempt().finishedAt().toEpochMilli()));
		statement.setArray(7, array("text", failed, (finish) -> error(finish.outcome().failure())));
		statement.setArray(8, array("text", failed, (finish) -> stackTrace(finish.outcome().failure())));
		statement.setArray(9, array("int", failed, (finish) -> finish.isPutOff() ? 1 : 0));
		statement.setArray(10, answers(failed, (finish) -> finish.attempt().answer()));
		statement.executeUpdate();
	}

	// Only what is passed on to another system has an answer. The server fills up an
	// empty array with nulls, so that other handlers need not send one for each delivery.
	private Array answers(List<Finish> finishes, Function<Finish, @Nullable Object> answer) throws SQLException {
		boolean any = finishes.stream().anyMatch((finish) -> answer.apply(finish) != null);
		return array("text", any ? finishes : List.of(), answer);
	}

	private static @Nullable String stackTrace(@Nullable Failure failure) {
		return (failure != null) ? failure.stackTrace() : null;
	}

	private void wakeNext(List<DueDelivery> finished) throws SQLException {
		if (finished.isEmpty()) {
			return;
		}
		PreparedStatement statement = this.transaction.prepare(WAKE_NEXT);
		statement.setLong(1, this.transaction.now().toEpochMilli());
		Array handlers = array("text", finished, DueDelivery::handler);
		statement.setArray(2, handlers);
		statement.setArray(3, array("bigint", finished, DueDelivery::orderingKey));
		statement.setArray(4, handlers);
		try (ResultSet row = statement.executeQuery()) {
			while (row.next()) {
				this.transaction.arrivals().due(row.getString("handler"));
			}
		}
	}

	private <E> Array array(String type, List<E> elements, Function<E, @Nullable Object> column) throws SQLException {
		return new PostgresqlArrays(this.transaction.connection()).of(type, elements, column);
	}

}
