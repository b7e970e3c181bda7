package io.pulsehook.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongPredicate;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import io.pulsehook.inbox.Deliveries.Traffic;

/**
 * Finds what is due. One process owns the database, so that nothing is written when a
 * delivery begins: what runs is known to the dispatcher alone, and after a crash all that
 * is unfinished is due again.
 */
final class SqliteClaims implements Claims {

	private static final String DUE = """
			select d.event_id, d.handler, d.ordering_key, d.run, d.attempts, 0 as runner_id,
				e.source, e.type, e.reason, e.received_at, e.trace, e.body
			from pulsehook_delivery d join pulsehook_event e on e.id = d.event_id
			where d.handler = ? and d.due_at <= ? and d.replay_id is %s
			order by d.due_at, d.event_id
			""";

	private final SingleConnectionDataSource connection;

	private final JdbcTemplate jdbc;

	SqliteClaims(DataSource readers) throws SQLException {
		this.connection = new SingleConnectionDataSource(readers.getConnection(), true);
		this.jdbc = new JdbcTemplate(this.connection);
	}

	@Override
	public Due claim(String handler, Traffic traffic, Instant now, int limit, LongPredicate running) {
		ResultSetExtractor<Due> reader = (rows) -> read(rows, limit, running);
		Due due = this.jdbc.query(DUE.formatted(traffic.replayId()), reader, handler, now.toEpochMilli());
		return (due != null) ? due : new Due(List.of(), false);
	}

	private static Due read(ResultSet rows, int limit, LongPredicate running) throws SQLException {
		List<DueDelivery> deliveries = new ArrayList<>();
		int bytes = 0;
		while (rows.next()) {
			if (running.test(rows.getLong("event_id"))) {
				continue;
			}
			if (deliveries.size() == limit || bytes >= Deliveries.READ_LIMIT_BYTES) {
				return new Due(deliveries, true);
			}
			DueDelivery delivery = Deliveries.read(rows);
			deliveries.add(delivery);
			bytes += delivery.body().length;
		}
		return new Due(deliveries, false);
	}

	@Override
	public @Nullable Instant nextDue(String handler, Traffic traffic, Instant now) {
		return Deliveries.nextDue(this.jdbc, handler, traffic, now);
	}

	@Override
	public CompletableFuture<Boolean> giveBack(DueDelivery delivery) {
		return CompletableFuture.completedFuture(true);
	}

	@Override
	public void close() {
		this.connection.destroy();
	}

}
