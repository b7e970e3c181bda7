package io.pulsehook.inbox.query;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds payment orders, each by the event of its latest change.
 */
public final class PaymentOrders {

	/** The number of the slice that has all orders which changed after the last one. */
	public static final long LATER = -1;

	private static final String SLICES = """
			select case when o.updated_at < :end then o.updated_at / :width else -1 end as slice,
				count(*) as orders, sum(o.event_id) as events
			from pulsehook_order o where o.updated_at >= :begin group by slice
			""";

	private static final String CHANGED = """
			select o.ordering_key, o.updated_at, o.event_id from pulsehook_order o
			where (o.updated_at, o.ordering_key) > (:at, :order) and o.updated_at < :end
			order by o.updated_at, o.ordering_key limit :limit
			""";

	private final JdbcClient jdbc;

	private final QueryExecutor executor;

	/**
	 * Creates it.
	 * @param jdbc reads the database
	 * @param executor runs the queries
	 */
	public PaymentOrders(JdbcClient jdbc, QueryExecutor executor) {
		this.jdbc = jdbc;
		this.executor = executor;
	}

	/**
	 * Tells, for slices of time, how many orders changed last in each, all at the same
	 * moment. A slice begins at a multiple of the width since 1970, which is its number.
	 * @param first the number of the first slice
	 * @param last the number of the last slice
	 * @param width the milliseconds of a slice
	 * @return the slices that have orders, by their numbers, and those which changed
	 * after the last one as {@link #LATER}
	 */
	public Map<Long, Slice> slices(long first, long last, long width) {
		Map<Long, Slice> slices = new HashMap<>();
		RowCallbackHandler collector = (row) -> slices.put(row.getLong("slice"),
				new Slice(row.getLong("orders"), row.getLong("events")));
		this.executor.read(() -> {
			this.jdbc.sql(SLICES)
				.param("begin", first * width)
				.param("end", (last + 1) * width)
				.param("width", width)
				.query(collector);
			return slices;
		});
		return slices;
	}

	/**
	 * Lists the orders that changed last in a period, the earliest change first.
	 * @param after the change behind which to begin
	 * @param end the milliseconds since 1970 before which all changes are
	 * @param limit how many at most
	 * @return the changes
	 */
	public List<Change> changed(Change after, long end, int limit) {
		return this.executor.read(() -> this.jdbc.sql(CHANGED)
			.param("at", after.at())
			.param("order", after.order())
			.param("end", end)
			.param("limit", limit)
			.query((row, number) -> new Change(row.getLong("ordering_key"), row.getLong("updated_at"),
					row.getLong("event_id")))
			.list());
	}

	/**
	 * What tells the orders of a slice of time from those that were in it before. An
	 * order leaves it with the id of an older event than any that an order can come with,
	 * so that another set of equally many orders has a greater sum.
	 *
	 * @param orders how many orders
	 * @param events the sum of the ids of their events
	 */
	public record Slice(long orders, long events) {

	}

	/**
	 * The latest change of an order.
	 *
	 * @param order the key of the order
	 * @param at when it was changed, in milliseconds since 1970
	 * @param event the id of the event that told so
	 */
	public record Change(long order, long at, long event) {

		/**
		 * Returns what lies before all changes of a period.
		 * @param begin the milliseconds since 1970 at which the period begins
		 * @return a change that is none
		 */
		public static Change before(long begin) {
			return new Change(Long.MAX_VALUE, begin - 1, 0);
		}

	}

}
