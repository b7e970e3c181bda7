package io.pulsehook.inbox.figures;

import java.util.HashMap;
import java.util.Map;

import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts the deliveries of each handler that are not done. Each query reads only an index
 * that has no done deliveries, so that it is fast in a large database.
 */
public final class DeliveryCounts {

	/**
	 * Groups in the order of the index: a status beside the handler would need a sort.
	 */
	static final String UNFINISHED = """
			select d.handler, count(*) as deliveries from pulsehook_delivery d
			where d.finished_at is null group by d.handler
			""";

	static final String DEAD = """
			select d.handler, count(*) as deliveries from pulsehook_delivery d
			where d.status = 'dead' group by d.handler
			""";

	private final JdbcClient jdbc;

	/**
	 * Creates it.
	 * @param jdbc reads the database
	 */
	public DeliveryCounts(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Counts deliveries that are neither done nor dead.
	 * @return the numbers by handler, of those handlers that have any
	 */
	public Map<String, Long> unfinished() {
		return byHandler(UNFINISHED);
	}

	/**
	 * Counts deliveries that have been given up.
	 * @return the numbers by handler, of those handlers that have any
	 */
	public Map<String, Long> dead() {
		return byHandler(DEAD);
	}

	private Map<String, Long> byHandler(String sql) {
		Map<String, Long> counts = new HashMap<>();
		RowCallbackHandler collector = (row) -> counts.put(row.getString("handler"), row.getLong("deliveries"));
		this.jdbc.sql(sql).query(collector);
		return counts;
	}

}
