package io.pulsehook.inbox.postgresql;

import java.sql.Array;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.Outcome.Failure;
import io.pulsehook.inbox.write.BoundStatement;
import io.pulsehook.inbox.write.BurstOutcome;
import io.pulsehook.inbox.write.Finish;
import io.pulsehook.inbox.write.Interruptions;
import io.pulsehook.inbox.write.KeyQueue;
import io.pulsehook.inbox.write.ReplayResults;
import io.pulsehook.inbox.write.Transaction;

/**
 * Writes with one statement how many attempts ended, and makes due with another what
 * waited behind them. To be used once.
 */
final class PostgresqlFinish {

	// The lease, the run and the attempt fence the outcome: it counts once, only for a
	// delivery that is still there, and not if the replica had been given up. The plan
	// may have been made when there was hardly a row. The arrays of ids and handlers
	// lead it to the primary key even then, and "coalesce" keeps it from the index of
	// unfinished deliveries, which looks shorter then. Hardly any outcome is refused, so
	// that the result is short.
	private static final String UPDATE = """
			with accepted as (
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
			)
			select p.place from generate_series(1::bigint, ?) as p (place)
			left join accepted a on a.place = p.place where a.place is null
			""";

	private static final String INSERT_ATTEMPTS = """
			insert into pulsehook_attempt (event_id, handler, run, attempt, started_at, finished_at, error, stack_trace,
				put_off, answer)
			select * from unnest(?::bigint[], ?::text[], ?::int[], ?::int[], ?::bigint[], ?::bigint[], ?::text[],
				?::text[], ?::int[], ?::text[])
			""";

	// Selects the head of each key by its event, and then of the deliveries of that event
	// only those that are heads, so that it takes no join. The head of any key may be
	// woken, so that it does not matter which of the outcomes were accepted.
	private static final String WAKE_NEXT = """
			with woken as (
				update pulsehook_delivery d set due_at = ?
				where d.event_id = any (array(
						select (%s)
						from (
							select distinct handler, ordering_key
							from unnest(?::text[], ?::bigint[]) as u (handler, ordering_key)) k))
					and d.handler = any (?::text[]) and d.due_at is null and coalesce(d.finished_at, -1) < 0
					and d.event_id = (%s)
				returning d.handler
			)
			select distinct array_position(?::text[], handler) from woken
			""".formatted(KeyQueue.head("event_id", "k.handler", "k.ordering_key"),
			KeyQueue.head("event_id", "d.handler", "d.ordering_key"));

	private final Transaction transaction;

	private final List<Finish> finishes;

	/** The outcomes that were refused, by their places among all. */
	private final Set<Integer> refused = new HashSet<>();

	PostgresqlFinish(Transaction transaction, List<Finish> finishes) {
		this.transaction = transaction;
		this.finishes = finishes;
	}

	/**
	 * Adds the statements that write the outcomes. What was handled together in a burst
	 * has to end before the next delivery is looked for, so that the pipeline is run in
	 * between if there is a burst.
	 * @param pipeline takes them
	 * @throws SQLException if the database fails
	 */
	void addTo(Pipeline pipeline) throws SQLException {
		if (this.finishes.isEmpty()) {
			return;
		}
		pipeline.add(update(), (row) -> this.refused.add(row.getInt(1) - 1));
		if (this.finishes.stream().anyMatch((finish) -> finish.delivery().leadsBurst())) {
			pipeline.run();
			for (Finish finish : accepted()) {
				BurstOutcome.write(this.transaction, finish);
			}
		}
		addWakeNext(pipeline, this.finishes.stream().filter(Finish::letsGo).map(Finish::delivery).toList());
	}

	/**
	 * Notes which outcomes were accepted, and writes what follows from that. To be called
	 * when the pipeline has run.
	 * @throws SQLException if the database fails
	 */
	void complete() throws SQLException {
		List<Finish> accepted = accepted();
		for (Finish finish : accepted) {
			finish.accept();
			Interruptions.forgetIfFinished(this.transaction, finish);
		}
		ReplayResults.count(this.transaction, accepted);
		keepFailures(accepted.stream().filter((finish) -> finish.outcome().failure() != null).toList());
	}

	private List<Finish> accepted() {
		return IntStream.range(0, this.finishes.size())
			.filter((place) -> !this.refused.contains(place))
			.mapToObj(this.finishes::get)
			.toList();
	}

	private BoundStatement update() throws SQLException {
		Array events = array("bigint", this.finishes, (finish) -> finish.delivery().eventId());
		Array handlers = array("text", this.finishes, (finish) -> finish.delivery().handler());
		return BoundStatement.of(UPDATE, events, handlers,
				array("int", this.finishes, (finish) -> finish.delivery().run()),
				array("int", this.finishes, (finish) -> finish.delivery().attempts()),
				array("bigint", this.finishes, (finish) -> finish.delivery().runner()),
				array("text", this.finishes, (finish) -> finish.status().code()),
				array("bigint", this.finishes, (finish) -> millis(finish.outcome().retryAt())),
				array("bigint", this.finishes, (finish) -> millis(finish.finishedAt())),
				array("text", this.finishes, (finish) -> error(finish.outcome().failure())),
				array("bigint", this.finishes, (finish) -> millis(finish.startedAt())),
				array("bigint", this.finishes, (finish) -> millis(finish.putOffAt())),
				answers(this.finishes, Finish::answer), events, handlers, (long) this.finishes.size());
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
		this.transaction
			.defer(BoundStatement.of(INSERT_ATTEMPTS, array("bigint", failed, (finish) -> finish.delivery().eventId()),
					array("text", failed, (finish) -> finish.delivery().handler()),
					array("int", failed, (finish) -> finish.delivery().run()),
					array("int", failed, (finish) -> finish.attempt().number()),
					array("bigint", failed, (finish) -> finish.attempt().startedAt().toEpochMilli()),
					array("bigint", failed, (finish) -> finish.attempt().finishedAt().toEpochMilli()),
					array("text", failed, (finish) -> error(finish.outcome().failure())),
					array("text", failed, (finish) -> stackTrace(finish.outcome().failure())),
					array("int", failed, (finish) -> finish.isPutOff() ? 1 : 0),
					answers(failed, (finish) -> finish.attempt().answer())));
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

	private void addWakeNext(Pipeline pipeline, List<DueDelivery> finished) throws SQLException {
		if (finished.isEmpty()) {
			return;
		}
		Array handlers = array("text", finished, DueDelivery::handler);
		pipeline.add(
				BoundStatement.of(WAKE_NEXT, this.transaction.now().toEpochMilli(), handlers,
						array("bigint", finished, DueDelivery::orderingKey), handlers, handlers),
				(row) -> this.transaction.arrivals().due(finished.get(row.getInt(1) - 1).handler()));
	}

	private <E> Array array(String type, List<E> elements, Function<E, @Nullable Object> column) throws SQLException {
		return new PostgresqlArrays(this.transaction.connection()).of(type, elements, column);
	}

}
