package io.pulsehook.inbox.figures;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.pulsehook.inbox.figures.Figures.HandlerFigures;
import io.pulsehook.inbox.model.EpochMillis;
import io.pulsehook.inbox.query.QueryExecutor;
import io.pulsehook.inbox.write.HandlerStates;

/**
 * Reads the {@link Figures}, but not too often: a caller that asks sooner is given the
 * last ones. The queries read indexes that have no done deliveries. If much waits or is
 * dead they still take long, and then the pause before the next ones is longer, so that
 * they use only a fraction of the time.
 */
public final class FigureQueries {

	static final String HANDLERS = """
			select h.id, h.paused, h.rest_since, h.rest_until, h.rest_reason, h.rest_probes, (
				select d.due_at from pulsehook_delivery d
				where d.handler = h.id and d.due_at is not null and d.replay_id is null and d.runner_id is null
				order by d.due_at limit 1) as oldest_due
			from pulsehook_handler h
			""";

	/**
	 * Finds the deliveries that replicas have claimed. The query for the oldest due one
	 * does not see them.
	 */
	static final String AT_HAND = """
			select d.handler, min(d.due_at) as oldest_due from pulsehook_delivery d
			where d.runner_id is not null and d.replay_id is null group by d.handler
			""";

	static final String LAST_EVENT = """
			select e.received_at from pulsehook_event e where e.kind <> 'alert'
			order by e.received_at desc limit 1
			""";

	private static final long SHORTEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);

	private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(30);

	/** The queries may take one part in so many of the time. */
	private static final int FRACTION = 20;

	private final JdbcClient jdbc;

	private final QueryExecutor executor;

	private final DeliveryCounts counts;

	private final boolean shared;

	private @Nullable Figures last;

	private long validUntil = System.nanoTime();

	public FigureQueries(JdbcClient jdbc, QueryExecutor executor, boolean shared) {
		this.jdbc = jdbc;
		this.executor = executor;
		this.counts = new DeliveryCounts(jdbc);
		this.shared = shared;
	}

	/**
	 * Returns figures that may be some seconds old. It may be called often, since the
	 * database is not asked each time.
	 * @return the figures, or {@code null} if nothing can be read
	 */
	public synchronized @Nullable Figures get() {
		long began = System.nanoTime();
		if (began - this.validUntil >= 0) {
			this.last = read();
			long took = System.nanoTime() - began;
			long pause = Math.min(Math.max(SHORTEST_PAUSE_NANOS, FRACTION * took), LONGEST_PAUSE_NANOS);
			this.validUntil = began + took + pause;
		}
		return this.last;
	}

	/**
	 * Reads the present figures from the database.
	 * @return the figures, or {@code null} if nothing can be read
	 */
	public @Nullable Figures read() {
		try {
			return withCounts(this.executor.read(this::withoutCounts));
		}
		catch (DataAccessException ex) {
			return null;
		}
	}

	/**
	 * Reads the figures that are quick to read in a database of any size. An operator
	 * needs them most when the counts take too long.
	 * @return figures without counts
	 */
	private Figures withoutCounts() {
		Map<String, Instant> atHand = atHand();
		Map<String, HandlerFigures> handlers = new HashMap<>();
		RowCallbackHandler collector = (row) -> {
			String id = row.getString("id");
			handlers.put(id, new HandlerFigures(null, null,
					earlier(EpochMillis.read(row, "oldest_due"), atHand.get(id)), HandlerStates.read(row)));
		};
		this.jdbc.sql(HANDLERS).query(collector);
		return new Figures(handlers, lastEvent());
	}

	private Figures withCounts(Figures figures) {
		try {
			Map<String, Long> unfinished = this.executor.read(this.counts::unfinished);
			Map<String, Long> dead = this.executor.read(this.counts::dead);
			Map<String, HandlerFigures> handlers = new HashMap<>();
			figures.handlers()
				.forEach((id, known) -> handlers.put(id, new HandlerFigures(unfinished.getOrDefault(id, 0L),
						dead.getOrDefault(id, 0L), known.oldestDue(), known.state())));
			return new Figures(handlers, figures.lastEvent());
		}
		catch (DataAccessException ex) {
			return figures;
		}
	}

	private Map<String, Instant> atHand() {
		Map<String, Instant> oldest = new HashMap<>();
		RowCallbackHandler collector = (row) -> {
			Instant due = EpochMillis.read(row, "oldest_due");
			if (due != null) {
				oldest.put(row.getString("handler"), due);
			}
		};
		if (this.shared) {
			this.jdbc.sql(AT_HAND).query(collector);
		}
		return oldest;
	}

	private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
		if (one == null || other == null) {
			return (one != null) ? one : other;
		}
		return one.isBefore(other) ? one : other;
	}

	private @Nullable Instant lastEvent() {
		return this.jdbc.sql(LAST_EVENT).query(Long.class).optional().map(Instant::ofEpochMilli).orElse(null);
	}

}
