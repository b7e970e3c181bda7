package io.pulsehook.inbox.query;

import java.time.Instant;
import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds payment orders, which are known from the events about them.
 */
public final class PaymentOrders {

	private static final String CHANGED = """
			select o.event_id from pulsehook_order o where o.updated_at >= ? order by o.updated_at desc limit
			""";

	private final JdbcClient jdbc;

	private final QueryExecutor executor;

	/**
	 * Creates it.
	 * @param jdbc reads the database
	 * @param executor runs the query
	 */
	public PaymentOrders(JdbcClient jdbc, QueryExecutor executor) {
		this.jdbc = jdbc;
		this.executor = executor;
	}

	/**
	 * Finds the orders that have changed since a time, each by the event of its latest
	 * change.
	 * @param since the time
	 * @param limit how many at most
	 * @return the ids of the events, latest change first
	 */
	public List<Long> changedSince(Instant since, int limit) {
		return this.executor
			.read(() -> this.jdbc.sql(CHANGED + limit).param(since.toEpochMilli()).query(Long.class).list());
	}

}
