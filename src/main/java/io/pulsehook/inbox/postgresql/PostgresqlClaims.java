package io.pulsehook.inbox.postgresql;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

import io.pulsehook.inbox.commit.Writer;
import io.pulsehook.inbox.model.BurstLimits;
import io.pulsehook.inbox.model.ClaimRequest;
import io.pulsehook.inbox.model.Due;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.NextDue;
import io.pulsehook.inbox.write.BurstReadiness;
import io.pulsehook.inbox.write.Claims;
import io.pulsehook.inbox.write.DueDeliveryReader;
import io.pulsehook.inbox.write.Interruptions;
import io.pulsehook.inbox.write.NextDueQuery;
import io.pulsehook.inbox.write.Runner;
import io.pulsehook.inbox.write.Transaction;

/**
 * Claims what is due for one of several replicas. Of each handler and key only one
 * delivery is ever due, so that a claim need not look at other deliveries.
 */
final class PostgresqlClaims implements Claims {

	/**
	 * Claims deliveries and reads their events.
	 * <ul>
	 * <li>The claim is on disk when it returns, whatever the server's default is: after a
	 * crash of the server, another replica could otherwise claim the same.</li>
	 * <li>Locking the runner's row fails if this replica was given up, and keeps it from
	 * being given up meanwhile.</li>
	 * <li>A paused handler gets nothing on any replica, and a resting one nothing but a
	 * probe.</li>
	 * <li>Deliveries beyond the limit of bytes are not claimed.</li>
	 * <li>The rows are found by their places, which stay the same while they are locked:
	 * a plan that was made when there was hardly a row might read all of them, and would
	 * be kept.</li>
	 * <li>The constant limit tells the planner that few rows are needed, whatever it
	 * expects of the other limit, so that it reads them in the order of the index.</li>
	 * </ul>
	 */
	private static final String CLAIM = """
			with runner as (
				select id, set_config('synchronous_commit', 'on', true) from pulsehook_runner where id = ? for key share
			), due as (
				select event_id, due_at, place from (
					select d.event_id, d.due_at, d.ctid as place from pulsehook_delivery d
					where d.handler = ? and d.due_at <= ? and d.replay_id is %s and d.runner_id is null and %s
						and d.event_id %s (array(
							select event_id from pulsehook_interruption where handler = ? and times > 1))
						and not exists (select 1 from pulsehook_handler h where h.id = ?
							and (h.paused = 1 or h.rest_until is %s))
					order by d.due_at, d.event_id limit 1000
					for update of d skip locked) oldest
				limit ?
			), sized as (
				select due.*, e.source, e.type, e.reason, e.received_at, e.arrived_at, e.trace, e.body,
					sum(octet_length(e.body)) over (order by due.due_at, due.event_id) - octet_length(e.body) as before
				from due join pulsehook_event e on e.id = due.event_id
			), claimed as (
				update pulsehook_delivery d set runner_id = runner.id
				from sized s, runner
				where d.ctid = s.place and d.event_id = s.event_id and d.handler = ? and s.before < ?
				returning %s, d.runner_id,
					s.due_at, s.source, s.type, s.reason, s.received_at, s.arrived_at, s.trace, s.body, %s as interruptions
			)
			select * from claimed order by due_at, event_id
			""";

	private static final int MAX_ROWS = 1_000;

	private static final String AT_HAND = """
			select event_id from pulsehook_delivery where runner_id = ? and handler = ?
			""";

	/**
	 * Finds the rows by their ids. The index by runner would be slower: it still holds
	 * many entries of what this replica has given back or ended.
	 */
	private static final String GIVE_BACK = """
			update pulsehook_delivery d set runner_id = null
			from unnest(?::bigint[], ?::text[], ?::bigint[], ?::int[], ?::int[])
				as g (event_id, handler, runner_id, run, attempts)
			where d.event_id = any (?::bigint[]) and d.event_id = g.event_id and d.handler = g.handler
				and d.runner_id is not distinct from g.runner_id and d.run = g.run and d.attempts = g.attempts
				and coalesce(d.finished_at, -1) < 0
			""";

	private static final String LET_GO = """
			update pulsehook_delivery set runner_id = null
			where event_id = ? and handler = ? and runner_id is not distinct from ?
			""";

	private final Writer writer;

	private final Runner runner;

	private final JdbcTemplate jdbc;

	private final PostgresqlProbes probes;

	private final PostgresqlRates rates;

	private final PostgresqlBursts bursts;

	private final ClaimTransaction transaction;

	/** How long the server may go on with a claim whose answer was lost. */
	private static final long UNSURE_NANOS = TimeUnit.MINUTES.toNanos(1);

	private static final Duration UNSURE_PAUSE = Duration.ofSeconds(1);

	/**
	 * The handlers of claims whose answer was lost, with the time of System.nanoTime()
	 * until which the server may still make such a claim.
	 */
	private final Map<String, Long> unsure = new HashMap<>();

	PostgresqlClaims(Writer writer, Runner runner, DataSource dataSource, Duration timeout) {
		this.writer = writer;
		this.runner = runner;
		this.jdbc = new JdbcTemplate(dataSource);
		this.probes = new PostgresqlProbes(this.jdbc);
		// End the claim on the server too: it must not claim what nobody waits for.
		this.jdbc.setQueryTimeout((int) Math.max(1, timeout.toSeconds()));
		this.rates = new PostgresqlRates(this.jdbc);
		this.bursts = new PostgresqlBursts(this.jdbc);
		this.transaction = new ClaimTransaction(dataSource, this.jdbc);
	}

	@Override
	public Due claim(ClaimRequest request, LongPredicate running) {
		long id = this.runner.id();
		if (!this.runner.holds(id)) {
			return new Due(List.of(), false);
		}
		String handler = request.handler();
		if (this.unsure.containsKey(handler)) {
			letGoWhatIsNotAtHand(id, handler, running);
		}
		try {
			Instant next = postpone(request);
			return request.needsTransaction() ? this.transaction.run(() -> claimWithinLimits(request, id, next))
					: due(request, query(request, id), next);
		}
		catch (RuntimeException | Error ex) {
			this.unsure.put(handler, System.nanoTime() + UNSURE_NANOS);
			throw ex;
		}
	}

	// Takes what limits the handler in the same transaction: permits of its rate, and its
	// one probe while it rests.
	private Due claimWithinLimits(ClaimRequest request, long runner, @Nullable Instant next) {
		return this.rates.claim(request,
				(allowed) -> due(allowed, allowed.probe()
						? this.probes.claim(allowed, runner, () -> query(allowed, runner)) : query(allowed, runner),
						next));
	}

	private List<DueDelivery> query(ClaimRequest request, long runner) {
		String handler = request.handler();
		BurstLimits limits = request.burstsToWaitFor();
		String sql = CLAIM.formatted(request.traffic().replayId(),
				(limits != null) ? BurstReadiness.isReady(limits) : "true", request.interrupted() ? "= any" : "<> all",
				request.probe() ? "null" : "not null", DueDeliveryReader.DELIVERY_COLUMNS,
				request.interrupted() ? Interruptions.TIMES : "0");
		return this.jdbc.query(sql, (row, number) -> DueDeliveryReader.read(row), runner, handler,
				request.now().toEpochMilli(), handler, handler, request.limit(), handler, READ_LIMIT_BYTES);
	}

	private @Nullable Instant postpone(ClaimRequest request) {
		BurstLimits limits = request.burstsToWaitFor();
		return (limits != null) ? this.bursts.postpone(request, limits) : null;
	}

	private static Due due(ClaimRequest request, List<DueDelivery> claimed, @Nullable Instant next) {
		return new Due(claimed,
				claimed.size() == Math.min(request.limit(), MAX_ROWS) || bytes(claimed) >= READ_LIMIT_BYTES, next);
	}

	private static long bytes(List<DueDelivery> deliveries) {
		return deliveries.stream().mapToLong((delivery) -> delivery.body().length).sum();
	}

	private void letGoWhatIsNotAtHand(long id, String handler, LongPredicate running) {
		for (long event : this.jdbc.queryForList(AT_HAND, Long.class, id, handler)) {
			if (!running.test(event)) {
				this.jdbc.update(LET_GO, event, handler, id);
			}
		}
		this.unsure.computeIfPresent(handler, (key, until) -> (System.nanoTime() - until < 0) ? until : null);
	}

	@Override
	public NextDue nextDue(String handler, Instant now) {
		if (this.unsure.containsKey(handler)) {
			// The database does not show as due what this replica may have claimed
			// without knowing it, so look again soon.
			return new NextDue(true, true, now.plus(UNSURE_PAUSE));
		}
		return Objects.requireNonNull(
				this.jdbc.query(NextDueQuery.SQL, (statement) -> NextDueQuery.bind(statement, handler, now), (rows) -> {
					rows.next();
					return NextDueQuery.read(rows);
				}));
	}

	@Override
	public CompletableFuture<Integer> giveBack(List<DueDelivery> claimed) {
		if (claimed.isEmpty()) {
			return CompletableFuture.completedFuture(0);
		}
		return this.writer.submitSurely((session) -> giveBack(session, claimed));
	}

	static int giveBack(Transaction session, List<DueDelivery> claimed) throws SQLException {
		PostgresqlArrays arrays = new PostgresqlArrays(session.connection());
		Array events = arrays.of("bigint", claimed, DueDelivery::eventId);
		PreparedStatement statement = session.prepare(GIVE_BACK);
		statement.setArray(1, events);
		statement.setArray(2, arrays.of("text", claimed, DueDelivery::handler));
		statement.setArray(3, arrays.of("bigint", claimed, DueDelivery::runner));
		statement.setArray(4, arrays.of("int", claimed, DueDelivery::run));
		statement.setArray(5, arrays.of("int", claimed, DueDelivery::attempts));
		statement.setArray(6, events);
		claimed.forEach((delivery) -> session.arrivals().due(delivery.handler()));
		return statement.executeUpdate();
	}

	@Override
	public void letProbeGo(DueDelivery probe) {
		this.probes.letGo(probe);
	}

	@Override
	public void close() {
		// Each claim borrows a connection and gives it back.
	}

}
