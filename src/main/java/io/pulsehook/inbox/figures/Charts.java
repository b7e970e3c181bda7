package io.pulsehook.inbox.figures;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.pulsehook.inbox.model.Coded;
import io.pulsehook.inbox.model.EventKind;
import io.pulsehook.inbox.model.IntakeResult;
import io.pulsehook.inbox.model.ServiceCodes;
import io.pulsehook.inbox.query.QueryExecutor;

/**
 * Counts the events that arrived over time. It reads the stored counts by minute and
 * never the events, and remembers the counts of periods that cannot change any more.
 */
public final class Charts {

	private static final String COUNTS = """
			select minute / %1$d as bucket, kind, type, %2$s as code, result, sum(events) as events
			from pulsehook_minute where minute >= :from and minute < :to
			group by minute / %1$d, kind, type, %2$s, result
			""";

	private static final String SERVICE = ServiceCodes.countedSql("service");

	/** A commit that counts in a minute may still be under way for so long after it. */
	private static final long SETTLED_MINUTES = 10;

	/**
	 * The most steps that are remembered. A month, a day and an hour have far fewer
	 * together.
	 */
	private static final int REMEMBERED = 2_000;

	private final JdbcClient jdbc;

	private final QueryExecutor executor;

	private final InstantSource clock;

	private final Map<Long, List<Count>> past = new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<Long, List<Count>> eldest) {
			return size() > REMEMBERED;
		}

	};

	public Charts(JdbcClient jdbc, QueryExecutor executor, InstantSource clock) {
		this.jdbc = jdbc;
		this.executor = executor;
		this.clock = clock;
	}

	/**
	 * Counts what arrived until now, in steps of equal width that begin at multiples of
	 * it since 1970.
	 * @param width the minutes of a step
	 * @param steps how many steps, the one under way included
	 * @return the counts, oldest step first; none for a step in which nothing arrived
	 */
	public List<Count> counts(int width, int steps) {
		long last = TimeUnit.MILLISECONDS.toMinutes(this.clock.millis()) / width;
		return this.executor.read(() -> counts(width, last - steps + 1, last));
	}

	private List<Count> counts(int width, long first, long last) {
		List<Count> counts = new ArrayList<>();
		long next = first;
		List<Count> known = known(width, next);
		while (known != null && next <= last) {
			counts.addAll(known);
			next++;
			known = known(width, next);
		}
		if (next <= last) {
			counts.addAll(read(width, next, last));
		}
		return counts;
	}

	private List<Count> read(int width, long first, long last) {
		Map<Long, List<Count>> steps = new LinkedHashMap<>();
		for (long step = first; step <= last; step++) {
			steps.put(step, new ArrayList<>());
		}
		this.jdbc.sql(COUNTS.formatted(width, SERVICE))
			.param("from", first * width)
			.param("to", (last + 1) * width)
			.query((row, number) -> new Count(row.getLong("bucket") * width,
					Coded.of(EventKind.class, row.getString("kind")), row.getString("type"), row.getString("code"),
					Coded.of(IntakeResult.class, row.getString("result")), row.getLong("events")))
			.list()
			.forEach((count) -> steps.getOrDefault(count.minute() / width, new ArrayList<>()).add(count));
		long settled = TimeUnit.MILLISECONDS.toMinutes(this.clock.millis()) - SETTLED_MINUTES;
		steps.forEach((step, counts) -> {
			if ((step + 1) * width <= settled) {
				remember(width, step, counts);
			}
		});
		return steps.values().stream().flatMap(List::stream).toList();
	}

	private synchronized @Nullable List<Count> known(int width, long step) {
		return this.past.get(key(width, step));
	}

	private synchronized void remember(int width, long step, List<Count> counts) {
		this.past.put(key(width, step), counts);
	}

	private static long key(int width, long step) {
		return step * TimeUnit.DAYS.toMinutes(1) + width;
	}

	/**
	 * The number of events of one sort that arrived in a step.
	 *
	 * @param minute the first minute of the step, since 1970
	 * @param kind the kind
	 * @param type the simple name of the record
	 * @param service the code of a documented service, {@code other} for any other, or an
	 * empty string
	 * @param result what became of them
	 * @param events their number
	 */
	public record Count(long minute, EventKind kind, String type, String service, IntakeResult result, long events) {

	}

}
