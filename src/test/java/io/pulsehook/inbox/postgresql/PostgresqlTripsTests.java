package io.pulsehook.inbox.postgresql;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.zaxxer.hikari.HikariDataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.pulsehook.inbox.CountedTrips;
import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.PostgresqlServer;
import io.pulsehook.inbox.RecordedStatements;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.TestOutcomes;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.model.Outcome.Failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How often a commit goes to the server and back, counted on the way.
 */
@Timeout(60)
class PostgresqlTripsTests {

	private static final Duration SLOW = Duration.ofMillis(20);

	/** What a busy machine adds to a commit is little beside it. */
	private static final Duration VERY_SLOW = Duration.ofMillis(100);

	private static final Failure FAILURE = new Failure("error", "stack trace");

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private String database;

	private CountedTrips way;

	private HikariDataSource pool;

	private RecordedStatements recorded;

	private Replica replica;

	@BeforeEach
	void open() throws IOException {
		this.database = PostgresqlServer.create();
		String url = PostgresqlServer.url(this.database);
		int port = URI.create(url.substring("jdbc:".length())).getPort();
		this.way = new CountedTrips(port);
		this.pool = new HikariDataSource();
		this.pool.setJdbcUrl(url.replace(":" + port, ":" + this.way.port()));
		this.pool.setUsername("postgres");
		this.pool.setMinimumIdle(0);
		this.recorded = new RecordedStatements(this.pool);
		this.replica = new Replica(this.recorded, Replica.TOLD);
		this.replica.store("before", 1);
	}

	@AfterEach
	void close() throws Exception {
		this.threads.shutdownNow();
		this.way.slowDown(Duration.ZERO);
		this.replica.close();
		this.pool.close();
		this.way.close();
	}

	@Test
	void storesAnyEventsInTwo() {
		for (int round = 0; round < 8; round++) {
			int number = round;
			assertTwoForEachCommit(() -> this.replica.store("c", number));
			assertTwoForEachCommit(() -> this.replica.store("c", number, number + 100));
			assertTwoForEachCommit(() -> store(ExampleEvents.bare("bare" + number % 2)));
			assertTwoForEachCommit(() -> store(ExampleEvents.openChat("waited", number).arrivedAt(Instant.EPOCH)));
			assertTwoForEachCommit(() -> store(ExampleEvents.order("o", "2026-01-01T10:00:00Z", number)));
			assertTwoForEachCommit(() -> store(ExampleEvents.openChat("many", number), ExampleEvents.bare("bare"),
					ExampleEvents.order("p", "2026-01-01T10:00:00Z", number)));
		}
		assertThat(number("select count(*) from pulsehook_event where contact = 'c'")).isEqualTo(16);
		assertThat(number("select sum(duplicates) from pulsehook_event where contact = 'c'")).isEqualTo(8);
		assertThat(number("select sum(duplicates) from pulsehook_event where type = 'OpenChat' and contact is null"))
			.isEqualTo(13);
		assertThat(number("select sum(events) from pulsehook_minute")).isEqualTo(1 + 8 * 9);
	}

	@Test
	void storesHandsOverEndsWakesAndAnnouncesInTwo() throws Exception {
		join();
		try (Replica other = new Replica(this.database, Replica.TOLD).join("h")) {
			Awaitility.await().until(() -> other.paused().containsKey("h"));
			this.replica.store("before", 2);
			other.due().clear();
			List<DueDelivery> taken = List.of();
			for (int round = 0; round < 8; round++) {
				int number = round;
				List<DueDelivery> ending = taken;
				this.replica.storage().deliveries().offer("h", 10);
				assertTwoForEachCommit(() -> endAndStore(ending, number));
				taken = this.replica.storage().deliveries().receive("h", this.replica.handedOver());
				assertThat(taken).hasSize(3);
			}
			Awaitility.await().until(() -> other.due().contains("h"));
			assertThat(other.claim("h", 20)).hasSize(8);
		}
		assertThat(number("select count(*) from pulsehook_delivery where status = 'done'")).isEqualTo(7);
		assertThat(number("select count(*) from pulsehook_attempt")).isEqualTo(14);
	}

	// The second event of a contact waits until the first one has ended.
	private void endAndStore(List<DueDelivery> ending, int number) {
		Instant now = this.replica.storage().clock().instant();
		List<CompletableFuture<Boolean>> ended = new ArrayList<>();
		for (int i = 0; i < ending.size(); i++) {
			ended.add(this.replica.storage()
				.deliveries()
				.finish(TestOutcomes.of(ending.get(i), now, now, (i == 0) ? null : FAILURE, null)));
		}
		store(ExampleEvents.openChat("a" + number, 1), ExampleEvents.openChat("b" + number, 1),
				ExampleEvents.openChat("c" + number, 1), ExampleEvents.openChat("c" + number, 2));
		assertThat(ended).allSatisfy((accepted) -> assertThat(accepted.join()).isTrue());
	}

	@Test
	void waitsForHardlyMoreThanTwoOverASlowNetwork() {
		this.way.slowDown(VERY_SLOW);
		long best = Long.MAX_VALUE;
		for (int number = 0; number < 4; number++) {
			long start = System.nanoTime();
			this.replica.store("slow", number);
			best = Math.min(best, System.nanoTime() - start);
		}
		assertThat(Duration.ofNanos(best)).isBetween(VERY_SLOW.multipliedBy(2), VERY_SLOW.multipliedBy(3));
	}

	@Test
	void writesMuchAtOnceInTime() {
		join();
		List<NewEvent> small = IntStream.range(0, 1_000)
			.mapToObj((n) -> ExampleEvents.openChat("small" + n, 1))
			.toList();
		List<NewEvent> large = IntStream.range(0, 64).mapToObj(PostgresqlTripsTests::large).toList();
		assertThat(store(small.toArray(NewEvent[]::new))).isEqualTo(1_000);
		List<DueDelivery> claimed = this.replica.claim("h", 1_000);
		Instant now = this.replica.storage().clock().instant();
		List<CompletableFuture<Boolean>> ended = claimed.stream()
			.map((delivery) -> this.replica.storage()
				.deliveries()
				.finish(TestOutcomes.of(delivery, now, now, FAILURE, null)))
			.toList();
		assertThat(store(large.toArray(NewEvent[]::new))).isEqualTo(64);
		assertThat(ended).hasSizeGreaterThan(900).allSatisfy((accepted) -> assertThat(accepted.join()).isTrue());
		assertThat(number("select count(*) from pulsehook_event where length(body) > 999999")).isEqualTo(64);
	}

	// What a former run has ended is refused, so that as many results come back as there
	// are outcomes, before the large events that follow them.
	@Test
	void readsManyRefusalsBeforeLargeEvents() {
		join();
		List<NewEvent> small = IntStream.range(0, 900).mapToObj((n) -> ExampleEvents.openChat("small" + n, 1)).toList();
		store(small.toArray(NewEvent[]::new));
		List<DueDelivery> claimed = this.replica.claim("h", 900);
		assertThat(this.replica.succeed(claimed)).isTrue();
		Instant now = this.replica.storage().clock().instant();
		List<CompletableFuture<Boolean>> again = claimed.stream()
			.map((delivery) -> this.replica.storage()
				.deliveries()
				.finish(TestOutcomes.of(delivery, now, now, null, null)))
			.toList();
		store(IntStream.range(0, 30).mapToObj(PostgresqlTripsTests::large).toArray(NewEvent[]::new));
		assertThat(again).allSatisfy((accepted) -> assertThat(accepted.join()).isFalse());
	}

	@Test
	void endsAnOutageAfterTheServerTookOnlyAPartOfLargeEvents() throws Exception {
		Storage storage = Storage.open(TestDatabase.settings(Path.of("unused")),
				Postgresql.open(this.recorded, Duration.ofSeconds(1), Replica.TOLD), Instant::now);
		try (storage) {
			storage.inbox().store(List.of(ExampleEvents.openChat("c", 1)));
			this.way.takeAtMost(1_000_000);
			assertThatExceptionOfType(InboxUnavailableException.class).isThrownBy(
					() -> storage.inbox().store(IntStream.range(0, 30).mapToObj(PostgresqlTripsTests::large).toList()));
			Awaitility.await().until(() -> storage.inbox().outage() != null);
			this.way.takeAtMost(Integer.MAX_VALUE);
			Awaitility.await().until(() -> storage.inbox().outage() == null);
			assertThat(storage.inbox().store(List.of(ExampleEvents.openChat("c", 2))).accepted()).isOne();
		}
	}

	// Another writer stores an event, with a later time of receipt, while this replica
	// waits for its turn and has read its clock.
	@Test
	void letsIdsAndTimesOfReceiptGrowTogether() throws Exception {
		this.replica.join("h");
		try (Connection writer = DriverManager.getConnection(PostgresqlServer.url(this.database), "postgres", "");
				Statement statement = writer.createStatement()) {
			writer.setAutoCommit(false);
			statement.execute("select version from pulsehook_turn for update");
			Future<?> stored = this.threads.submit(() -> this.replica.store("waits", 1));
			Awaitility.await()
				.until(() -> number("select count(*) from pg_stat_activity where wait_event_type = 'Lock'") > 0);
			statement.execute("""
					insert into pulsehook_event (source, kind, type, occurred_at, received_at, body)
					select 'default', 'chatbot', 'OpenChat', 0, max(received_at) + 5000, '{}' from pulsehook_event""");
			writer.commit();
			stored.get(30, TimeUnit.SECONDS);
		}
		assertThat(number("""
				select count(*) from (
					select received_at < lag(received_at) over (order by id) as earlier from pulsehook_event) e
				where earlier""")).isZero();
		DueDelivery claimed = awaitClaim();
		assertThat(claimed.receivedAt().toEpochMilli())
			.isEqualTo(number("select received_at from pulsehook_event where contact = 'waits'"));
	}

	// A clock that was set back by much is believed.
	@Test
	void doesNotFollowATimeOfReceiptFarAhead() throws SQLException {
		PostgresqlServer.execute(this.database, "update pulsehook_event set received_at = received_at + 3600000");
		this.replica.store("now", 1);
		assertThat(number("select max(received_at) - min(received_at) from pulsehook_event")).isGreaterThan(3_000_000);
	}

	@Test
	void storesOnceForHandlersThatHaveJustChanged() throws Exception {
		try (Replica other = new Replica(this.database, Replica.TOLD)) {
			for (int round = 0; round < 5; round++) {
				other.join("h", "new" + round);
				this.replica.store("changed", round);
				assertThat(number("select count(*) from pulsehook_delivery where handler = 'new" + round + "'"))
					.isEqualTo(1);
			}
		}
		assertThat(number("select count(*) from pulsehook_event where contact = 'changed'")).isEqualTo(5);
		assertThat(number("select coalesce(sum(duplicates), 0) from pulsehook_event")).isZero();
	}

	@Test
	@Tag("thorough")
	void storesAThousandASecondOverASlowNetwork() throws Exception {
		this.way.slowDown(SLOW);
		long begun = begun();
		assertThat(storedBy("client", 64, 10)).as("Stored by %d commits", begun() - begun).isGreaterThan(10_000);
	}

	// All of them share each commit, so that two round trips are all that it takes
	// longer.
	@Test
	@Tag("thorough")
	void storesAsManyOverASlowNetworkAsTwoTripsForEachCommitLeave() throws Exception {
		int senders = 512;
		int seconds = 8;
		storedBy("warm", senders, 5);
		int full = storedBy("near", senders, seconds);
		this.way.slowDown(SLOW);
		double commit = (double) senders * seconds / full + 2 * SLOW.toMillis() / 1000.0;
		assertThat(storedBy("far", senders, seconds)).as("Of %d over a fast network", full)
			.isGreaterThan((int) (0.8 * senders * seconds / commit));
	}

	// Lets clients store at the same time, each once the event before is stored, and
	// returns how many they stored.
	private int storedBy(String name, int count, int seconds) throws Exception {
		AtomicInteger stored = new AtomicInteger();
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
		List<Future<?>> clients = new ArrayList<>();
		for (int client = 0; client < count; client++) {
			String contact = name + client;
			clients.add(this.threads.submit(() -> {
				for (int number = 0; System.nanoTime() < end; number++) {
					stored.addAndGet(this.replica.store(contact, number).accepted());
				}
			}));
		}
		for (Future<?> client : clients) {
			client.get(30, TimeUnit.SECONDS);
		}
		return stored.get();
	}

	private void join() {
		this.replica.join("h");
		Awaitility.await().until(() -> this.replica.paused().containsKey("h"));
		this.replica.store("before", 1);
		// The lease has a connection of its own, which goes on for a moment.
		long[] trips = { -1 };
		Awaitility.await().pollInterval(Duration.ofMillis(100)).until(() -> {
			long before = trips[0];
			trips[0] = this.way.trips();
			return trips[0] == before;
		});
	}

	private void assertTwoForEachCommit(Runnable action) {
		long trips = this.way.trips();
		long begun = begun();
		action.run();
		long commits = begun() - begun;
		assertThat(commits).isPositive();
		assertThat(this.way.trips() - trips).as("Round trips of %d commits", commits).isLessThanOrEqualTo(2 * commits);
	}

	private long begun() {
		return this.recorded.executions("from pulsehook_turn for update");
	}

	private int store(NewEvent... events) {
		return this.replica.storage().inbox().store(List.of(events)).accepted();
	}

	private static NewEvent large(int number) {
		return ExampleEvents.event("OpenChat", "large" + number, (long) -number - 1,
				ExampleEvents.identity("large" + number, false), "{\"title\":\"" + "x".repeat(1_000_000 - 12) + "\"}");
	}

	private DueDelivery awaitClaim() {
		List<DueDelivery> claimed = new ArrayList<>();
		Awaitility.await().until(() -> claimed.addAll(this.replica.claim("h", 10)));
		return claimed.get(claimed.size() - 1);
	}

	private long number(String query) {
		return PostgresqlServer.number(this.database, query);
	}

}
