package io.pulsehook.inbox.query;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.simple.JdbcClient;

import io.pulsehook.inbox.model.Coded;
import io.pulsehook.inbox.model.DeliveryStatus;

/**
 * Counts the deliveries of each handler that are not done. Each query reads an index that
 * has nothing of what is done, and no table.
 */
public final class DeliveryCounts {

	static final String UNFINISHED = """
			select d.handler, d.status, count(*) as deliveries from pulsehook_delivery d
			where d.finished_at is null group by d.handler, d.status
			""";

	static final String DEAD = """
			select d.handler, 'dead' as status, count(*) as deliveries from pulsehook_delivery d
			where d.status = 'dead' group by d.handler
			""";

	private static final String RUNNING = """
			select d.handler, 'running' as status, count(*) as deliveries from pulsehook_delivery d
			where d.runner_id is not null group by d.handler
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
	 * Counts what is neither done nor dead.
	 * @return the numbers by handler, of those handlers that have any
	 */
	public Map<String, Long> unfinished() {
		return byHandler(UNFINISHED);
	}

	/**
	 * Counts what has been given up.
	 * @return the numbers by handler, of those handlers that have any
	 */
	public Map<String, Long> dead() {
		return byHandler(DEAD);
	}

	/**
	 * Counts what is unfinished or dead, and what replicas have at hand.
	 * @return a count for each handler and status that has any
	 */
	List<DeliveryCount> all() {
		return counts(UNFINISHED + "union all\n" + DEAD + "union all\n" + RUNNING);
	}

	private Map<String, Long> byHandler(String sql) {
		return counts(sql).stream()
			.collect(Collectors.groupingBy(DeliveryCount::handler, Collectors.summingLong(DeliveryCount::deliveries)));
	}

	private List<DeliveryCount> counts(String sql) {
		return this.jdbc.sql(sql)
			.query((row, number) -> new DeliveryCount(row.getString("handler"),
					Coded.of(DeliveryStatus.class, row.getString("status")), row.getLong("deliveries")))
			.list();
	}

}
