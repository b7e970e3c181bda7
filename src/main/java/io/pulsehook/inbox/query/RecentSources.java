package io.pulsehook.inbox.query;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds out which sources have sent events lately. Some events were not sent by their
 * source but made here, which only their bodies tell: these are read until one counts,
 * which is nearly always the first.
 */
final class RecentSources {

	/** No event that was made here has a larger body. */
	static final int LARGEST_BODY = 64 * 1024;

	private static final int RECENT = 10_000;

	private static final String NEWEST = """
			select e.id, e.source, e.received_at from pulsehook_event e order by e.id desc limit %d
			""".formatted(RECENT);

	private static final int AT_ONCE = 50;

	private final JdbcClient jdbc;

	private final QueryExecutor executor;

	private final Function<Collection<Long>, Map<Long, byte[]>> bodies;

	/**
	 * Creates it.
	 * @param jdbc reads the database
	 * @param executor runs the query
	 * @param bodies returns the bodies of events, without those that are too large to
	 * have been made here
	 */
	RecentSources(JdbcClient jdbc, QueryExecutor executor, Function<Collection<Long>, Map<Long, byte[]>> bodies) {
		this.jdbc = jdbc;
		this.executor = executor;
		this.bodies = bodies;
	}

	/**
	 * Lists the sources of the last ten thousand events.
	 * @param madeHere which bodies are of events that do not count
	 * @return when each source sent its last event, by the source's name
	 */
	Map<String, Instant> find(Predicate<byte[]> madeHere) {
		Map<String, List<Arrival>> arrivals = this.executor.read(this::newest)
			.stream()
			.collect(Collectors.groupingBy(Arrival::source, LinkedHashMap::new, Collectors.toList()));
		Map<String, Instant> sources = new LinkedHashMap<>();
		arrivals.forEach((source, newestFirst) -> newest(newestFirst, madeHere)
			.ifPresent((arrival) -> sources.put(source, arrival.at())));
		return sources;
	}

	private List<Arrival> newest() {
		return this.jdbc.sql(NEWEST)
			.query((row, number) -> new Arrival(row.getLong("id"), row.getString("source"),
					Instant.ofEpochMilli(row.getLong("received_at"))))
			.list();
	}

	private Optional<Arrival> newest(List<Arrival> newestFirst, Predicate<byte[]> madeHere) {
		for (int from = 0; from < newestFirst.size(); from += AT_ONCE) {
			List<Arrival> some = newestFirst.subList(from, Math.min(from + AT_ONCE, newestFirst.size()));
			Map<Long, byte[]> bodies = this.bodies.apply(some.stream().map(Arrival::event).toList());
			Optional<Arrival> counts = some.stream().filter((arrival) -> {
				byte[] body = bodies.get(arrival.event());
				return body == null || !madeHere.test(body);
			}).findFirst();
			if (counts.isPresent()) {
				return counts;
			}
		}
		return Optional.empty();
	}

	private record Arrival(long event, String source, Instant at) {

	}

}
