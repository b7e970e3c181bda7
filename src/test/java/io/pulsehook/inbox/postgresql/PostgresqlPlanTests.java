package io.pulsehook.inbox.postgresql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import io.pulsehook.inbox.Deliveries;
import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.PostgresqlServer;
import io.pulsehook.inbox.RecordedStatements;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestOutcomes;
import io.pulsehook.inbox.model.BurstLimits;
import io.pulsehook.inbox.model.ClaimRequest;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.EventStatus;
import io.pulsehook.inbox.model.RestChange.Begin;
import io.pulsehook.inbox.model.RestChange.End;
import io.pulsehook.inbox.model.Traffic;
import io.pulsehook.inbox.query.DeliveryPage.Among;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.Narrowing;
import io.pulsehook.inbox.replay.ReplayRequest;
import io.pulsehook.inbox.upkeep.RetentionPeriods;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the server's plan of each statement in a large database: a million deliveries are
 * finished, and a hundred thousand wait behind one that is tried again.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresqlPlanTests {

	private static final int EVENTS = 250_000;

	private static final int BLOCKED = 100_000;

	private String database;

	private RecordedStatements recorded;

	private Replica replica;

	private Duration bestInASmallDatabase;

	@BeforeAll
	void fill() throws Exception {
		try (Replica small = new Replica(PostgresqlServer.create(), Replica.QUICK)) {
			this.bestInASmallDatabase = bestOfTwenty(small.join("a", "b", "c", "h"));
		}
		this.database = PostgresqlServer.create();
		try (Connection connection = PostgresqlServer.pool(this.database).getConnection();
				Statement statement = connection.createStatement()) {
			List<String> indexes = indexes(statement);
			// It is quicker to skip the checks of foreign keys and to create the indexes
			// at the end.
			statement.execute("set session_replication_role = replica");
			fill(statement, 1, EVENTS, "'c' || n % 10000", "n % 10000");
			statement.execute(
					"""
							insert into pulsehook_delivery (event_id, handler, ordering_key, position, status, attempts, finished_at)
							select n, h, n % 10000, 2 * n, case when n % 10000 = 0 then 'dead' else 'done' end, 1, n * 100 + 5
							from generate_series(1::bigint, {0}) n, unnest('{a,b,c,h}'::text[]) h"""
						.replace("{0}", "" + EVENTS));
			fill(statement, EVENTS + 1, EVENTS + 1 + BLOCKED, "'retrying'", "-1");
			statement.execute("""
					insert into pulsehook_delivery (event_id, handler, ordering_key, position, status, due_at)
					select n, 'h', -1, 2 * n, case when n = {0} then 'retrying' else 'pending' end,
						case when n = {0} then 9000000000000 end
					from generate_series({0}::bigint, {1}) n""".replace("{0}", "" + (EVENTS + 1))
				.replace("{1}", "" + (EVENTS + 1 + BLOCKED)));
			statement.execute("select setval('pulsehook_event_id_seq', (select max(id) from pulsehook_event))");
			for (String index : indexes) {
				statement.execute(index);
			}
			statement.execute("reset session_replication_role");
			statement.execute("analyze");
		}
	}

	// Drops the indexes and returns the statements that create them again.
	private static List<String> indexes(Statement statement) throws SQLException {
		List<String> names = new ArrayList<>();
		List<String> definitions = new ArrayList<>();
		try (ResultSet row = statement.executeQuery("""
				select indexname, indexdef from pg_indexes where schemaname = 'public'
				and tablename in ('pulsehook_event', 'pulsehook_delivery') and indexname not like '%_pkey'""")) {
			while (row.next()) {
				names.add(row.getString("indexname"));
				definitions.add(row.getString("indexdef"));
			}
		}
		for (String name : names) {
			statement.execute("drop index " + name);
		}
		return definitions;
	}

	private static void fill(Statement statement, long first, long last, String contact, String key)
			throws SQLException {
		statement.execute("""
				insert into pulsehook_event (id, source, kind, type, title, service, contact, ordering_key,
					dedup_key, occurred_at, received_at, body)
				select n, 'default', 'chatbot', 'OpenChat', 'open_chat', 'telegram', %s, %s,
					int8send(n), n * 100, n * 100, '{}' from generate_series(%d::bigint, %d) n
				""".formatted(contact, key, first, last));
	}

	@BeforeEach
	void open() {
		this.recorded = new RecordedStatements(PostgresqlServer.pool(this.database));
		this.replica = new Replica(this.recorded, Replica.QUICK).join("a", "b", "c", "h");
	}

	@AfterEach
	void close() throws Exception {
		this.replica.storage().inbox().unsubscribe();
		this.replica.close();
	}

	@Test
	void readNoTableFromItsBeginningToItsEnd() throws SQLException {
		useEverything();
		Map<String, String> plans = plans();
		assertThat(plans).hasSizeGreaterThan(40);
		assertThat(plans.values())
			.filteredOn((plan) -> plan.contains("Seq Scan on pulsehook_event")
					|| plan.contains("Seq Scan on pulsehook_delivery"))
			.isEmpty();
	}

	@Test
	void goByTheIndexThatIsMeant() throws SQLException {
		useEverything();
		Map<String, String> plans = plans();
		assertThat(plan(plans, "skip locked", "= any (array("))
			.containsPattern("Scan using pulsehook_delivery_(pkey|due|replay_due) on pulsehook_delivery d ");
		assertThat(plan(plans, "skip locked", "replay_id is null", "<> all", "rest_until is not null"))
			.contains("Index Scan using pulsehook_delivery_due on pulsehook_delivery d ")
			.contains("Tid Scan on pulsehook_delivery d_1");
		assertThat(plan(plans, "skip locked", "replay_id is not null", "<> all", "rest_until is not null"))
			.contains("Index Scan using pulsehook_delivery_replay_due on pulsehook_delivery d ");
		assertThat(plan(plans, "skip locked", "replay_id is null", "rest_until is null"))
			.contains("Index Scan using pulsehook_delivery_due on pulsehook_delivery d ");
		assertThat(plan(plans, "d.status = 'retrying'", "replay_id is null"))
			.containsPattern("Scan (using|on) pulsehook_delivery_due ")
			.contains("using pulsehook_delivery_pkey");
		assertThat(plan(plans, "select exists", "coalesce(runner_id")).contains("using pulsehook_delivery_pkey");
		assertThat(plan(plans, "as next_live")).contains("Scan using pulsehook_delivery_due")
			.contains("Scan using pulsehook_delivery_replay_due")
			.contains("Index Scan using pulsehook_delivery_pkey on pulsehook_delivery d");
		assertThat(plan(plans, "delete from pulsehook_interruption", "limit 500"))
			.contains("using pulsehook_delivery_pkey");
		assertThat(plan(plans, "least(")).contains("Scan using pulsehook_delivery_due")
			.contains("Scan using pulsehook_delivery_replay_due");
		assertThat(plan(plans, "set status = o.status")).contains("Index Scan using pulsehook_delivery_pkey");
		assertThat(plan(plans, "insert into pulsehook_step")).contains("Index Scan using pulsehook_delivery_pkey");
		assertThat(plan(plans, "o.earliest")).containsPattern("(?s)(Index Scan using pulsehook_event_dedup.*){2}");
		assertThat(plan(plans, "set due_at = ?", "select distinct")).contains("using pulsehook_delivery_unfinished")
			.contains("Index Scan using pulsehook_delivery_pkey on pulsehook_delivery d ");
		assertThat(plan(plans, "insert into pulsehook_event")).contains("using pulsehook_delivery_unfinished");
		assertThat(plan(plans, "with recursive key")).contains("using pulsehook_delivery_unfinished");
		assertThat(plan(plans, "same_moment")).contains("pulsehook_event_time")
			.contains("using pulsehook_delivery_pkey");
		assertThat(plan(plans, "returning d.handler", "runner_id is not null"))
			.contains("using pulsehook_delivery_runner");
		assertThat(plan(plans, "min(id)", "contact =")).contains("pulsehook_event_contact");
		assertThat(plan(plans, "min(id)", "status = 'dead'")).contains("pulsehook_delivery_dead");
		assertThat(plan(plans, "min(id)", "finished_at is null")).contains("pulsehook_delivery_unfinished");
		assertThat(plan(plans, "min(id)", "where true")).contains("pulsehook_event_pkey");
		assertThat(plan(plans, "d.status = 'dead' and (d.event_id")).contains("pulsehook_delivery_dead");
		assertThat(plan(plans, "d.finished_at is null and (d.event_id")).contains("pulsehook_delivery_unfinished");
		assertThat(plan(plans, "where status = 'dead' and (event_id")).contains("pulsehook_delivery_dead")
			.contains("using pulsehook_event_pkey");
		assertThat(plan(plans, "coalesce(d.replay_id, 0) = ?")).contains("pulsehook_delivery_dead");
		assertThat(plan(plans, "d.replay_id = ? and d.status = 'done'")).contains("pulsehook_delivery_of_replay");
		assertThat(plan(plans, "as waiting", "r.id = ?")).contains("pulsehook_delivery_replay ")
			.doesNotContain("pulsehook_delivery_of_replay");
	}

	@Test
	void claimAtMostTenMillisecondsLaterThanInASmallDatabase() throws Exception {
		assertThat(bestOfTwenty(this.replica)).isLessThan(this.bestInASmallDatabase.plusMillis(10));
	}

	@Test
	void claimAtMostTenMillisecondsLaterByPlansThatFitAllParameters() throws Exception {
		close();
		PostgresqlServer.execute(this.database,
				"alter database " + this.database + " set plan_cache_mode = force_generic_plan");
		try {
			open();
			assertThat(bestOfTwenty(this.replica)).isLessThan(this.bestInASmallDatabase.plusMillis(10));
		}
		finally {
			PostgresqlServer.execute(this.database, "alter database " + this.database + " reset plan_cache_mode");
		}
	}

	// Measures a claim while many other deliveries are due as well.
	private static Duration bestOfTwenty(Replica replica) {
		replica.storage()
			.inbox()
			.store(IntStream.range(0, 900)
				.mapToObj((n) -> ExampleEvents.openChat("c" + System.nanoTime(), n))
				.toList());
		long best = Long.MAX_VALUE;
		for (int i = 0; i < 20; i++) {
			replica.store("best" + System.nanoTime(), i);
			List<DueDelivery> claimed = new ArrayList<>();
			long start = System.nanoTime();
			claimed.addAll(replica.claim("h", 40));
			best = Math.min(best, System.nanoTime() - start);
			assertThat(claimed).isNotEmpty();
			assertThat(replica.succeed(claimed)).isTrue();
		}
		return Duration.ofNanos(best);
	}

	// Rests for a handler of which nothing waits that would become due.
	private void rest(Storage storage) {
		Instant now = storage.clock().instant();
		storage.deliveries().changeRest("a", new Begin(now.minusSeconds(1), "a.B")).join();
		for (Traffic traffic : Traffic.values()) {
			storage.deliveries().claim(ClaimRequest.probe("a", traffic, now, false), (event) -> false);
		}
		try {
			PostgresqlServer.execute(this.database, "update pulsehook_handler set rest_since = 1 where id = 'a'");
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		storage.deliveries().changeRest("a", new End()).join();
	}

	@Test
	void goByTheIndexesThatBurstsAreMeantToUse() throws SQLException {
		useBursts();
		Map<String, String> plans = plans();
		assertThat(plans.values())
			.filteredOn((plan) -> plan.contains("Seq Scan on pulsehook_event")
					|| plan.contains("Seq Scan on pulsehook_delivery"))
			.isEmpty();
		assertThat(plan(plans, "returning p.due_at")).contains("Index Scan using pulsehook_delivery_due")
			.contains("using pulsehook_delivery_unfinished")
			.contains("Index Scan using pulsehook_delivery_pkey on pulsehook_delivery p");
		assertThat(plan(plans, "set_config('synchronous_commit'", "max(m.received_at)"))
			.contains("Index Scan using pulsehook_delivery_due")
			.contains("using pulsehook_delivery_unfinished");
		assertThat(plan(plans, "coalesce(n.runner_id, 0)")).contains("using pulsehook_delivery_unfinished");
		assertThat(plan(plans, "d.burst = ?")).contains("using pulsehook_delivery_burst");
		assertThat(plan(plans, "m.burst = ?")).contains("using pulsehook_delivery_burst");
		assertThat(plan(plans, "m.burst = d.burst")).contains("using pulsehook_delivery_burst");
	}

	private void useBursts() {
		Deliveries deliveries = this.replica.storage().deliveries();
		InstantSource clock = this.replica.storage().clock();
		BurstLimits limits = new BurstLimits(Duration.ofMillis(1), Duration.ofMinutes(1), 100);
		this.replica.store("burst" + System.nanoTime(), 1, 2, 3);
		List<DueDelivery> claimed = new ArrayList<>();
		Awaitility.await()
			.until(() -> claimed.addAll(deliveries
				.claim(new ClaimRequest("h", Traffic.LIVE, clock.instant(), 1).waitingFor(limits), (event) -> false)
				.deliveries()));
		DueDelivery head = claimed.get(0);
		assertThat(deliveries.burst(head, limits)).isNotEmpty();
		assertThat(deliveries
			.finish(TestOutcomes.of(head.inBurst(head.eventId()), clock.instant(), clock.instant(), null, null))
			.join()).isTrue();
		this.replica.storage().events().deliveries(head.eventId());
	}

	private void useEverything() {
		Storage storage = this.replica.storage();
		this.replica.store("one", 1, 2, 3);
		this.replica.store("one", 1);
		storage.inbox().store(List.of(ExampleEvents.bare("bare" + System.nanoTime())));
		storage.inbox().store(List.of(ExampleEvents.bare("bare" + System.nanoTime()).arrivedAt(Instant.EPOCH)));
		storage.inbox().store(List.of(ExampleEvents.order("o" + System.nanoTime(), "2026-01-01T10:00:00Z", 1)));
		List<DueDelivery> claimed = new ArrayList<>();
		Awaitility.await().until(() -> claimed.addAll(this.replica.claim("h", 40)));
		assertThat(storage.deliveries().steps().add(claimed.get(0), "step", "null").join()).isTrue();
		storage.deliveries().steps().of(claimed.get(0));
		assertThat(this.replica.fail(claimed.get(0), null)).isTrue();
		storage.deliveries().giveBack(claimed.subList(1, claimed.size())).join();
		for (Traffic traffic : Traffic.values()) {
			storage.deliveries().claim(new ClaimRequest("h", traffic, storage.clock().instant(), 1), (event) -> false);
		}
		for (Traffic traffic : Traffic.values()) {
			storage.deliveries()
				.claim(new ClaimRequest("h", traffic, storage.clock().instant(), 1, true), (event) -> false)
				.deliveries();
		}
		rest(storage);
		storage.upkeep().retention().forgetInterruptions();
		storage.deliveries().nextDue("h", storage.clock().instant());
		storage.deliveries().isSuperseded(1);
		storage.replays().create(1, Set.of("h"), true);
		storage.replays().count(new ReplayRequest(filter("one", null), Set.of("h"), false));
		storage.replays().ended(1, true, null, 10);
		storage.replays().ended(1, false, null, 10);
		storage.replays().newest(null, 10);
		storage.deadLetters().list(null, 10).forEach((letter) -> storage.deadLetters().stackTrace(letter.place()));
		storage.deadLetters().find("h", List.of(1L));
		storage.events().find(1);
		storage.events().deliveries(1);
		storage.events().steps(1);
		storage.events().behind(storage.events().deliveries(1).get(0));
		storage.backlog().counts();
		storage.upkeep().sweep().wakeBlocked();
		for (EventFilter filter : List.of(EventFilter.ALL, filter("c7", null), filter(null, EventStatus.DEAD),
				filter(null, EventStatus.OPEN), filter(null, EventStatus.UNHANDLED), filter("c7", EventStatus.DONE),
				EventFilter.builder()
					.type("PaymentOrder")
					.from(storage.clock().instant())
					.to(storage.clock().instant())
					.text("text")
					.build(),
				EventFilter.builder().narrowing(new Narrowing("h", "error", "200", "bot")).build())) {
			storage.events().page(filter, null, 50);
			storage.events().page(filter, 100_000L, 50);
		}
		for (Among among : Among.values()) {
			storage.events().deliveries(among, null, 50, (delivery) -> true);
		}
		RetentionPeriods periods = new RetentionPeriods(Duration.ofDays(10_000), Duration.ofDays(20_000));
		storage.upkeep().retention().begin(periods).deleteNext();
		storage.upkeep().retention().deleteCounts(periods);
		storage.erasure().erase("one", (body) -> null);
		storage.inbox().unsubscribe();
		this.replica.join("a", "b", "c", "h");
		Awaitility.await()
			.until(() -> this.recorded.statements().keySet().stream().anyMatch((sql) -> sql.contains("least(")));
	}

	private static EventFilter filter(@Nullable String contact, @Nullable EventStatus status) {
		return EventFilter.builder().contact(contact).status(status).build();
	}

	// Returns, by the text of each statement, the plan that the server would keep for it.
	private Map<String, String> plans() throws SQLException {
		try (Connection connection = PostgresqlServer.pool(this.database).getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("set plan_cache_mode = force_generic_plan");
			Map<String, String> plans = new TreeMap<>();
			for (Map.Entry<String, Map<Integer, String>> entry : this.recorded.statements().entrySet()) {
				if (entry.getKey().contains("pulsehook_")) {
					plans.put(entry.getKey(), plan(statement, entry.getKey(), entry.getValue()));
				}
			}
			statement.execute("reset plan_cache_mode");
			return plans;
		}
	}

	private static String plan(Statement statement, String sql, Map<Integer, String> types) throws SQLException {
		StringBuilder numbered = new StringBuilder();
		int number = 0;
		for (char character : sql.toCharArray()) {
			numbered.append((character == '?') ? "$" + ++number : String.valueOf(character));
		}
		String parameters = IntStream.rangeClosed(1, number).mapToObj(types::get).collect(Collectors.joining(", "));
		String nulls = IntStream.rangeClosed(1, number).mapToObj((each) -> "null").collect(Collectors.joining(", "));
		statement.execute("prepare looked_at " + ((number > 0) ? "(" + parameters + ")" : "") + " as " + numbered);
		StringBuilder plan = new StringBuilder();
		try (ResultSet row = statement
			.executeQuery("explain execute looked_at" + ((number > 0) ? "(" + nulls + ")" : ""))) {
			while (row.next()) {
				plan.append(row.getString(1)).append('\n');
			}
		}
		statement.execute("deallocate looked_at");
		return plan.toString();
	}

	private static String plan(Map<String, String> plans, String... texts) {
		List<String> found = plans.entrySet()
			.stream()
			.filter((entry) -> List.of(texts).stream().allMatch(entry.getKey()::contains))
			.map(Map.Entry::getValue)
			.toList();
		assertThat(found).as(String.join(", ", texts)).isNotEmpty();
		return found.get(0);
	}

}
