package io.pulsehook.dispatch;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.util.unit.DataSize;

import io.pulsehook.EventHandler;
import io.pulsehook.RetryLaterException;
import io.pulsehook.dispatch.handler.HandlerSettings;
import io.pulsehook.dispatch.handler.HandlerSettings.Ordering;
import io.pulsehook.dispatch.handler.Handlers;
import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.event.Event;
import io.pulsehook.event.OpenChat;
import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.InboxSettings;
import io.pulsehook.inbox.PostgresqlServer;
import io.pulsehook.inbox.RecordedStatements;
import io.pulsehook.inbox.SettableClock;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.inbox.model.HandlerState;
import io.pulsehook.inbox.model.Rate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that handlers with a rate begin no more than that, and others as much as ever.
 */
class RateTests {

	private static final Rate TWENTY_A_SECOND = Rate.of("20/s");

	private static final int REPLICAS = 3;

	/** Notes the time of each permit as it is taken. */
	private static final String NOTE_PERMITS = """
			create table permit (at bigint);
			create function note() returns trigger language plpgsql as $$
			begin
				insert into permit select p from unnest(new.permits) p
				where p > coalesce(old.permits[array_length(old.permits, 1)], 0);
				return new;
			end $$;
			create trigger note after update on pulsehook_rate for each row execute function note()
			""";

	@TempDir
	Path directory;

	private final List<Storage> storages = new ArrayList<>();

	private final List<Dispatcher> dispatchers = new ArrayList<>();

	private final List<Instant> begun = new CopyOnWriteArrayList<>();

	private final List<String> free = new CopyOnWriteArrayList<>();

	@AfterEach
	void close() throws Exception {
		this.dispatchers.forEach(Dispatcher::stop);
		for (Storage storage : this.storages) {
			storage.close();
		}
	}

	@Test
	void threeReplicasKeepARateTogether() throws Exception {
		keepTogether(400, 120, 14, 50);
	}

	@Test
	@Tag("thorough")
	void threeReplicasKeepARateTogetherForLong() throws Exception {
		keepTogether(2_000, 2_000, 18, 95);
	}

	// A machine that is busy with other things may pause for most of a second: what has a
	// permit begins late, and permits end unused. Among few permits these weigh more.
	private void keepTogether(int due, int awaited, int fewestPerSecond, int percentInTime) throws SQLException {
		String database = PostgresqlServer.create();
		PostgresqlServer.execute(database, NOTE_PERMITS);
		RecordedStatements statements = new RecordedStatements(PostgresqlServer.pool(database));
		IntStream.range(0, REPLICAS).forEach((number) -> this.storages.add(replica(statements)));
		this.storages.forEach((storage) -> create(storage, storage.clock(), rated(TWENTY_A_SECOND), unrated()));
		this.dispatchers.get(0).start();
		this.dispatchers.get(0).pause("rated");
		store(due);
		await(() -> assertThat(this.free).hasSize(due));
		assertThat(this.begun).isEmpty();
		this.dispatchers.forEach(Dispatcher::start);
		long claims = statements.executions("with runner as");
		this.dispatchers.get(0).resume("rated");
		List<Long> latencies = new ArrayList<>();
		await(Duration.ofSeconds(30 + awaited / 15), () -> {
			latencies.add(storeAndAwaitUnrated(latencies.size()));
			assertThat(this.begun).hasSizeGreaterThanOrEqualTo(awaited);
		});
		this.dispatchers.forEach(Dispatcher::stop);
		List<Long> permits = permits(database);
		assertKept(permits);
		assertBegunSoon(permits, percentInTime);
		assertThat(meanPerSecond(permits)).isGreaterThan(fewestPerSecond);
		assertThat(statements.executions("with runner as") - claims)
			.isLessThanOrEqualTo(permits.stream().distinct().count() + latencies.size());
		assertThat(latencies.stream().sorted().skip(latencies.size() / 2).findFirst().orElseThrow())
			.as("Milliseconds until a handler without a rate begins")
			.isLessThan(250);
	}

	private long storeAndAwaitUnrated(int number) {
		int before = this.free.size();
		long began = System.nanoTime();
		store("later" + number);
		Awaitility.await().pollInterval(Duration.ofMillis(2)).until(() -> this.free.size() > before);
		return Duration.ofNanos(System.nanoTime() - began).toMillis();
	}

	private static void assertKept(List<Long> permits) {
		for (int i = TWENTY_A_SECOND.permits(); i < permits.size(); i++) {
			assertThat(permits.get(i) - permits.get(i - TWENTY_A_SECOND.permits())).isGreaterThanOrEqualTo(1_000_000);
		}
	}

	// What was claimed just before its dispatcher was stopped is not begun.
	private void assertBegunSoon(List<Long> permits, int percentInTime) {
		List<Long> begins = this.begun.stream().map(RateTests::micros).sorted().toList();
		assertThat(permits).hasSizeBetween(begins.size(), begins.size() + 2 * REPLICAS);
		List<Long> late = IntStream.range(0, begins.size())
			.mapToObj((i) -> begins.get(i) - permits.get(i))
			.sorted()
			.toList();
		assertThat(late.get(0)).isNotNegative();
		assertThat(late.get(late.size() * percentInTime / 100)).isLessThan(100_000);
	}

	private static double meanPerSecond(List<Long> permits) {
		return (permits.size() - 1) * 1e6 / (permits.get(permits.size() - 1) - permits.get(0));
	}

	@ParameterizedTest
	@EnumSource
	void aHandlerThatFailsIsPausedResumedAndReplayedKeepsItsRate(TestDatabase database) {
		InstantSource clock = InstantSource.system();
		Storage storage = open(database, clock);
		Instant start = Instant.now();
		Dispatcher dispatcher = create(storage, clock, rated(TWENTY_A_SECOND), unrated());
		dispatcher.start();
		store(40);
		await(() -> assertThat(this.begun).hasSizeGreaterThan(10));
		dispatcher.pause("rated");
		List<Long> done = finished(storage, "rated");
		done.forEach((event) -> storage.replays().create(event, Set.of("rated"), true));
		dispatcher.resume("rated");
		await(() -> assertThat(storage.deliveries().unfinished()).isEmpty());
		assertThat(done).isNotEmpty();
		assertThat(this.begun).hasSizeGreaterThanOrEqualTo(40 + done.size());
		dispatcher.stop();
		List<Instant> times = this.begun.stream().sorted().toList();
		for (int i = 0; i < times.size(); i++) {
			assertThat(times.get(i)).as("Begin %s", i)
				.isAfterOrEqualTo(start.plusSeconds(i / TWENTY_A_SECOND.permits()));
		}
	}

	@Test
	void whatIsStoredWhileAHandlerHasNothingToDoTakesAPermitAsWell() throws SQLException {
		String database = PostgresqlServer.create();
		PostgresqlServer.execute(database, NOTE_PERMITS);
		this.storages.add(replica(new RecordedStatements(PostgresqlServer.pool(database))));
		create(this.storages.get(0), this.storages.get(0).clock(), rated(TWENTY_A_SECOND), unrated()).start();
		for (int number = 0; number < 10; number++) {
			store("c" + number);
			await(() -> assertThat(this.storages.get(0).deliveries().unfinished()).isEmpty());
		}
		assertThat(this.begun).hasSizeGreaterThanOrEqualTo(10).hasSameSizeAs(permits(database));
	}

	@Test
	void whatIsTriedDuringARestTakesAPermitAsWell() {
		SettableClock clock = new SettableClock();
		start(clock, List.of(resting(Rate.of("1/m"), 2), unrated()));
		clock.advance(Duration.ofMinutes(1));
		await(() -> assertThat(this.begun).hasSize(1));
		clock.advance(Duration.ofSeconds(59));
		awaitTurn();
		assertThat(this.begun).as("The rest is over, the minute is not").hasSize(1);
		clock.advance(Duration.ofSeconds(1));
		await(() -> assertThat(this.begun).hasSize(2));
	}

	@ParameterizedTest
	@EnumSource
	void aHandlerThatHasRestedGoesOnAtItsRate(TestDatabase database) {
		SettableClock clock = new SettableClock();
		Storage storage = open(database, clock);
		create(storage, clock, resting(Rate.of("5/s"), 3), unrated()).start();
		store(4);
		await(() -> {
			clock.advance(Duration.ofMillis(250));
			assertThat(storage.deliveries().unfinished()).isEmpty();
		});
		assertThat(storage.subscribers().states()).containsEntry("rated", HandlerState.RUNNING);
		assertThat(this.begun).hasSize(4 + 3);
	}

	@Test
	void aRestartOfASingleProcessTakesAPeriodForFull() throws Exception {
		SettableClock clock = new SettableClock();
		List<RegisteredHandler> handlers = List.of(rated(Rate.of("1/m")), unrated());
		start(clock, handlers);
		assertThat(this.begun).isEmpty();
		clock.advance(Duration.ofMinutes(1));
		await(() -> assertThat(this.begun).hasSize(1));
		restart(clock, handlers);
		clock.advance(Duration.ofSeconds(59));
		awaitTurn();
		assertThat(this.begun).hasSize(1);
		clock.advance(Duration.ofSeconds(1));
		await(() -> assertThat(this.begun).hasSize(2));
	}

	@Test
	void aClockThatIsSetBackBlocksForNoLongerThanAPeriod() {
		SettableClock clock = new SettableClock();
		start(clock, List.of(rated(Rate.of("1/m")), unrated()));
		clock.advance(Duration.ofMinutes(1));
		await(() -> assertThat(this.begun).hasSize(1));
		// What is due would not be due any more for the dispatcher a day before.
		clock.advance(Duration.ofDays(2));
		await(() -> assertThat(this.begun).hasSize(2));
		clock.advance(Duration.ofDays(-1));
		awaitTurn();
		clock.advance(Duration.ofMinutes(1));
		await(() -> assertThat(this.begun).hasSize(3));
	}

	private void restart(SettableClock clock, List<RegisteredHandler> handlers) throws Exception {
		this.dispatchers.remove(0).stop();
		this.storages.remove(0).close();
		start(clock, handlers);
	}

	private void start(SettableClock clock, List<RegisteredHandler> handlers) {
		create(open(TestDatabase.SQLITE, clock), clock, handlers.toArray(RegisteredHandler[]::new)).start();
		awaitTurn();
	}

	// Lets the dispatcher look at all handlers, of which the one without a rate is the
	// last.
	private void awaitTurn() {
		for (int turn = 0; turn < 2; turn++) {
			int before = this.free.size();
			store("turn" + before);
			await(() -> assertThat(this.free).hasSizeGreaterThan(before));
		}
	}

	private Storage open(TestDatabase database, InstantSource clock) {
		Storage storage = database.open(this.directory, clock);
		this.storages.add(storage);
		return storage;
	}

	private static Storage replica(RecordedStatements statements) {
		return Storage.open(new InboxSettings(Path.of("unused"), Duration.ofSeconds(10), DataSize.ofMegabytes(64),
				Duration.ofMinutes(10), Duration.ofHours(1)), statements, null);
	}

	private Dispatcher create(Storage storage, InstantSource clock, RegisteredHandler... handlers) {
		Dispatcher dispatcher = TestDispatchers.create(storage, new Handlers(List.of(handlers)), clock,
				Duration.ofMillis(500));
		this.dispatchers.add(dispatcher);
		return dispatcher;
	}

	// Fails now and then, since retries take permits as well.
	private RegisteredHandler rated(Rate rate) {
		return handler("rated", rate, (event, delivery) -> {
			this.begun.add(Instant.now());
			if (delivery.attempt() == 1 && delivery.id().hashCode() % 3 == 0) {
				throw new IllegalStateException("not yet");
			}
		});
	}

	// Asks for a pause as many times before it works.
	private RegisteredHandler resting(Rate rate, int pauses) {
		return handler("rated", rate, (event, delivery) -> {
			this.begun.add(Instant.now());
			if (this.begun.size() <= pauses) {
				throw new RetryLaterException(Duration.ofSeconds(1));
			}
		});
	}

	private RegisteredHandler unrated() {
		return handler("unrated", null, (event, delivery) -> this.free.add(delivery.id()));
	}

	private static RegisteredHandler handler(String id, @Nullable Rate rate, EventHandler<Event> handler) {
		return new RegisteredHandler(id, OpenChat.class, handler,
				new HandlerSettings(3, Duration.ofMillis(1), 1, Duration.ofHours(1), Duration.ZERO, List.of(),
						List.of(), Duration.ofSeconds(60), 8, Ordering.KEY, Map.of(), rate, 0, Duration.ofSeconds(10),
						Duration.ofMinutes(1), 100));
	}

	private void store(int events) {
		this.storages.get(0)
			.inbox()
			.store(IntStream.range(0, events).mapToObj((number) -> ExampleEvents.openChat("c" + number, 1)).toList());
	}

	private void store(String... contacts) {
		for (String contact : contacts) {
			this.storages.get(0).inbox().store(List.of(ExampleEvents.openChat(contact, 1)));
		}
	}

	private static List<Long> finished(Storage storage, String handler) {
		return LongStream.rangeClosed(1, 40)
			.filter((event) -> storage.events()
				.deliveries(event)
				.stream()
				.anyMatch((delivery) -> delivery.handler().equals(handler) && delivery.status() == DeliveryStatus.DONE))
			.boxed()
			.toList();
	}

	private static List<Long> permits(String database) throws SQLException {
		List<Long> permits = new ArrayList<>();
		try (Connection connection = DriverManager.getConnection(PostgresqlServer.url(database), "postgres", "");
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("select at from permit")) {
			while (row.next()) {
				permits.add(row.getLong(1));
			}
		}
		Collections.sort(permits);
		return permits;
	}

	private static long micros(Instant time) {
		return ChronoUnit.MICROS.between(Instant.EPOCH, time);
	}

	private static void await(ThrowingRunnable assertion) {
		await(Duration.ofSeconds(30), assertion);
	}

	private static void await(Duration patience, ThrowingRunnable assertion) {
		Awaitility.await().atMost(patience).untilAsserted(assertion);
	}

}
