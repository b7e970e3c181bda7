package io.pulsehook.inbox.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongPredicate;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.UncategorizedSQLException;

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

/**
 * Finds what is due. One process owns the database, so that a claim writes nothing: only
 * the dispatcher knows what runs, and after a crash all that is unfinished is due again.
 */
final class SqliteClaims implements Claims {

	/** Reads the index only, since deliveries that run already are passed over by id. */
	private static final String DUE = """
			select d.event_id from pulsehook_delivery d
			where d.handler = ?1 and d.due_at <= ?2 and d.replay_id is %s and %s
				and d.event_id not in (select event_id from pulsehook_interruption where handler = ?1 and times > 1)
			order by d.due_at, d.event_id
			""";

	private static final String INTERRUPTED = """
			select d.event_id from pulsehook_interruption i
			cross join pulsehook_delivery d on d.event_id = i.event_id and d.handler = i.handler
			where i.handler = ? and i.times > 1 and d.due_at <= ? and d.replay_id is %s
			order by d.due_at, d.event_id
			""";

	/**
	 * Reads in the order of the array, since SQLite keeps the order of a cross join. With
	 * "order by" it would read and sort all bodies before the first row is returned, and
	 * the limit of bytes would come too late.
	 */
	private static final String READ = "select " + DueDeliveryReader.DELIVERY_COLUMNS + """
			, 0 as runner_id, e.source, e.type, e.reason, e.received_at, e.arrived_at, e.trace, e.body,
				%s as interruptions
			from json_each(?) id
			cross join pulsehook_delivery d on d.event_id = id.value and d.handler = ?
			cross join pulsehook_event e on e.id = d.event_id
			where d.due_at is not null
			""";

	private final Connection connection;

	private final Map<String, PreparedStatement> statements = new HashMap<>();

	private final SqliteRates rates = new SqliteRates();

	private final SqliteBursts bursts;

	SqliteClaims(DataSource readers, Writer writer) throws SQLException {
		this.connection = readers.getConnection();
		this.bursts = new SqliteBursts(writer);
	}

	@Override
	public Due claim(ClaimRequest request, LongPredicate running) {
		return this.rates.claim(request, (allowed) -> claimAtOnce(allowed, running));
	}

	private Due claimAtOnce(ClaimRequest request, LongPredicate running) {
		return read(() -> {
			Instant next = postpone(request);
			List<Long> due = find(request, running);
			if (due.isEmpty()) {
				return new Due(List.of(), false, next);
			}
			List<DueDelivery> deliveries = read(request, due.subList(0, Math.min(request.limit(), due.size())));
			return new Due(deliveries, due.size() > deliveries.size(), next);
		});
	}

	private @Nullable Instant postpone(ClaimRequest request) throws SQLException {
		BurstLimits limits = request.burstsToWaitFor();
		return (limits != null) ? this.bursts.postpone(request, limits, this::prepare) : null;
	}

	// Finds one delivery more than are wanted, which tells that there are more.
	private List<Long> find(ClaimRequest request, LongPredicate running) throws SQLException {
		String sql = request.interrupted() ? INTERRUPTED : DUE;
		BurstLimits limits = request.burstsToWaitFor();
		PreparedStatement statement = prepare(sql.formatted(request.traffic().replayId(),
				(limits != null) ? BurstReadiness.isReady(limits) : "true"));
		statement.setString(1, request.handler());
		statement.setLong(2, request.now().toEpochMilli());
		try (ResultSet rows = statement.executeQuery()) {
			return find(rows, request.limit() + 1, running);
		}
	}

	private static List<Long> find(ResultSet rows, int limit, LongPredicate running) throws SQLException {
		List<Long> due = new ArrayList<>();
		while (due.size() < limit && rows.next()) {
			long event = rows.getLong(1);
			if (!running.test(event)) {
				due.add(event);
			}
		}
		return due;
	}

	private List<DueDelivery> read(ClaimRequest request, List<Long> events) throws SQLException {
		PreparedStatement statement = prepare(READ.formatted(request.interrupted() ? Interruptions.TIMES : "0"));
		statement.setString(1, events.toString());
		statement.setString(2, request.handler());
		try (ResultSet rows = statement.executeQuery()) {
			return read(rows);
		}
	}

	private static List<DueDelivery> read(ResultSet rows) throws SQLException {
		List<DueDelivery> deliveries = new ArrayList<>();
		int bytes = 0;
		while (bytes < READ_LIMIT_BYTES && rows.next()) {
			DueDelivery delivery = DueDeliveryReader.read(rows);
			deliveries.add(delivery);
			bytes += delivery.body().length;
		}
		return deliveries;
	}

	@Override
	public NextDue nextDue(String handler, Instant now) {
		this.rates.started(now);
		return read(() -> {
			PreparedStatement statement = prepare(NextDueQuery.SQL);
			NextDueQuery.bind(statement, handler, now);
			try (ResultSet row = statement.executeQuery()) {
				row.next();
				return NextDueQuery.read(row);
			}
		});
	}

	// Prepares each statement once: claims run thousands of times a second.
	private PreparedStatement prepare(String sql) throws SQLException {
		PreparedStatement statement = this.statements.get(sql);
		if (statement == null) {
			statement = this.connection.prepareStatement(sql);
			this.statements.put(sql, statement);
		}
		return statement;
	}

	private static <T> T read(Reading<T> reading) {
		try {
			return reading.read();
		}
		catch (SQLException ex) {
			throw new UncategorizedSQLException("Claim", null, ex);
		}
	}

	@Override
	public CompletableFuture<Integer> giveBack(List<DueDelivery> claimed) {
		return CompletableFuture.completedFuture(claimed.size());
	}

	@Override
	public void letProbeGo(DueDelivery probe) {
		// Nothing is written for a probe, which only this process knows.
	}

	@Override
	public void close() {
		try {
			this.connection.close();
		}
		catch (SQLException ex) {
			throw new UncategorizedSQLException("Close", null, ex);
		}
	}

	@FunctionalInterface
	private interface Reading<T> {

		T read() throws SQLException;

	}

}
