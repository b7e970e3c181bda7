package io.pulsehook.inbox.write;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.pulsehook.event.filter.HandlerFilter;
import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.model.RenamedType;
import io.pulsehook.inbox.model.Subscription;

/**
 * The handlers of all processes that are alive and the types that each takes, looked up
 * for each event while it is stored.
 */
public final class Subscriptions {

	private static final String SAVE_HANDLER = """
			insert into pulsehook_handler (id, types, last_seen) values (?, ?, ?)
			on conflict (id) do update set types = excluded.types, last_seen = excluded.last_seen
			""";

	private static final String SAVE = """
			insert into pulsehook_subscription (runner_id, handler, types, ordered, filter) values (?, ?, ?, ?, ?)
			""";

	// Notes until when a process was there to run these handlers, since retention goes by
	// that.
	private static final String SEEN = """
			update pulsehook_handler set last_seen = ?
			where id in (select handler from pulsehook_subscription where runner_id = ?)
			""";

	private static final String DELETE = """
			delete from pulsehook_subscription where runner_id = ?
			""";

	private static final String LOAD = """
			select runner_id, handler, types, ordered, filter from pulsehook_subscription order by runner_id, handler
			""";

	private static final String LOAD_HANDLER = """
			select handler, types, ordered, filter from pulsehook_subscription where handler = ?
			""";

	private volatile Snapshot snapshot = Snapshot.of(List.of(), Set.of());

	private volatile boolean stale;

	/** The handlers that receive an event, since its type and their filter say so. */
	public List<Subscription> to(NewEvent event) {
		List<Subscription> receivers = to(event.type(), event.title());
		if (!this.snapshot.filtered()) {
			return receivers;
		}
		return receivers.stream().filter((receiver) -> receiver.wants(event.facts())).toList();
	}

	/**
	 * The handlers that receive an event of this type and title, whatever their filters
	 * say.
	 */
	public List<Subscription> to(String type, @Nullable String title) {
		List<Subscription> receivers = to(type);
		if (!RenamedType.isFormer(type, title)) {
			return receivers;
		}
		return each(Stream.concat(receivers.stream(), to(RenamedType.NAME).stream()));
	}

	private static List<Subscription> each(Stream<Subscription> subscriptions) {
		return List.copyOf(subscriptions
			.collect(Collectors.toMap(Subscription::handler, Function.identity(), Subscription::or, LinkedHashMap::new))
			.values());
	}

	private List<Subscription> to(String type) {
		return this.snapshot.byType().getOrDefault(type, List.of());
	}

	/**
	 * Gives events a type that every process knows. A process of the former version would
	 * give up a delivery that it does not read as the stored type.
	 */
	List<NewEvent> asAllKnow(List<NewEvent> events) {
		return this.snapshot.formerVersion()
				? events.stream().map((event) -> event.as(RenamedType.former(event.type()))).toList() : events;
	}

	/** The handlers of all processes that are alive, each once. */
	public List<Subscription> all() {
		return this.snapshot.all();
	}

	/** Whether any other process has handlers. */
	public boolean includeOthersThan(long runner) {
		return this.snapshot.runners().stream().anyMatch((other) -> other != runner);
	}

	/** How many processes that are alive have handlers. */
	public int countRunners() {
		return this.snapshot.runners().size();
	}

	/** Marks them as stale, since a transaction that was undone may have read them. */
	public void doubt() {
		this.stale = true;
	}

	public boolean areStale() {
		return this.stale;
	}

	/** Whether a filter asks what has to be looked up in a message. */
	public boolean filterByMessage() {
		return this.snapshot.filteredByMessage();
	}

	/** Reads them in a transaction during which nobody else writes. */
	public void load(Session session) throws SQLException {
		List<Subscription> rows = new ArrayList<>();
		Set<Long> runners = new HashSet<>();
		try (ResultSet row = session.prepare(LOAD).executeQuery()) {
			while (row.next()) {
				runners.add(row.getLong("runner_id"));
				rows.add(read(row));
			}
		}
		this.snapshot = Snapshot.of(rows, runners);
		this.stale = false;
	}

	/**
	 * Reads what one handler takes in each process, as the database has it now: unlike
	 * what the last transaction of this process has read, it includes a process that has
	 * just been started.
	 */
	public static List<Subscription> ofHandler(JdbcClient jdbc, String handler) {
		return jdbc.sql(LOAD_HANDLER).param(handler).query((row, number) -> read(row)).list();
	}

	private static Subscription read(ResultSet row) throws SQLException {
		return new Subscription(row.getString("handler"), Set.of(row.getString("types").split(",")),
				row.getInt("ordered") != 0, HandlerFilter.parse(row.getString("filter")));
	}

	/** Adds the handlers of a process. */
	public static void save(Session session, long runner, List<Subscription> subscriptions) throws SQLException {
		for (Subscription subscription : subscriptions) {
			String types = String.join(",", subscription.types().stream().sorted().toList());
			saveHandler(session, subscription.handler(), types);
			PreparedStatement statement = session.prepare(SAVE);
			statement.setLong(1, runner);
			statement.setString(2, subscription.handler());
			statement.setString(3, types);
			statement.setInt(4, subscription.ordered() ? 1 : 0);
			statement.setString(5, subscription.filters().isEmpty() ? null : subscription.filters().get(0).toJson());
			statement.executeUpdate();
		}
	}

	private static void saveHandler(Session session, String handler, String types) throws SQLException {
		PreparedStatement statement = session.prepare(SAVE_HANDLER);
		statement.setString(1, handler);
		statement.setString(2, types);
		statement.setLong(3, session.now().toEpochMilli());
		statement.executeUpdate();
	}

	/** Removes the handlers of a process. */
	public static void delete(Session session, long runner) throws SQLException {
		PreparedStatement seen = session.prepare(SEEN);
		seen.setLong(1, session.now().toEpochMilli());
		seen.setLong(2, runner);
		seen.executeUpdate();
		PreparedStatement statement = session.prepare(DELETE);
		statement.setLong(1, runner);
		statement.executeUpdate();
	}

	/** The subscriptions as one transaction has read them. */
	private record Snapshot(List<Subscription> all, Map<String, List<Subscription>> byType, Set<Long> runners,
			boolean formerVersion, boolean filtered, boolean filteredByMessage) {

		static Snapshot of(List<Subscription> rows, Set<Long> runners) {
			List<Subscription> all = each(rows.stream());
			Map<String, Subscription> byHandler = all.stream()
				.collect(Collectors.toMap(Subscription::handler, Function.identity()));
			return new Snapshot(all, byType(rows, byHandler), runners,
					rows.stream().anyMatch((row) -> isOutdated(row, byHandler.get(row.handler()))),
					rows.stream().anyMatch((row) -> !row.filters().isEmpty()),
					rows.stream().flatMap((row) -> row.filters().stream()).anyMatch(HandlerFilter::asksForMessage));
		}

		// While a new version replaces an old one, the same handler may take other types
		// in another process, and a filter is for the types of its own process alone.
		private static Map<String, List<Subscription>> byType(List<Subscription> rows,
				Map<String, Subscription> byHandler) {
			Map<String, List<Subscription>> byType = new HashMap<>();
			for (Subscription row : rows) {
				Subscription all = byHandler.getOrDefault(row.handler(), row);
				for (String type : row.types()) {
					byType.computeIfAbsent(type, (key) -> new ArrayList<>()).add(all.filteredAs(row));
				}
			}
			byType.replaceAll((type, takers) -> each(takers.stream()));
			return byType;
		}

		// A process is outdated if it does not know the renamed type that the same
		// handler takes in another process.
		private static boolean isOutdated(Subscription own, @Nullable Subscription ofAll) {
			return ofAll != null && ofAll.types().contains(RenamedType.NAME) && !own.types().contains(RenamedType.NAME);
		}

	}

}
