package io.pulsehook.inbox.upkeep;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.SettableClock;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.TestOutcomes;
import io.pulsehook.inbox.model.ClaimRequest;
import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.Outcome;
import io.pulsehook.inbox.model.Outcome.Failure;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.model.Traffic;
import io.pulsehook.inbox.query.StoredDelivery;

import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class RetentionTests {

	@Parameter
	TestDatabase database;

	private static final RetentionPeriods PERIODS = new RetentionPeriods(Duration.ofDays(30), Duration.ofDays(90));

	private static final Failure FAILURE = new Failure("error", "stack trace");

	@TempDir
	Path directory;

	private final SettableClock clock = new SettableClock();

	private Storage storage;

	@BeforeEach
	void open() {
		this.storage = this.database.open(this.directory, this.clock);
		subscribe("h", "OpenChat");
	}

	private void subscribe(String handler, String... types) {
		this.storage.inbox().subscribe(List.of(new Subscription(handler, Set.of(types), true)), (arrivals) -> {
		});
	}

	@AfterEach
	void close() throws Exception {
		this.storage.close();
	}

	@Test
	void deletesWhatIsDoneAfterTheRetentionAndNotBefore() {
		store("c", 1);
		finish("h", null, null);
		this.clock.advance(PERIODS.handled().minusMillis(1));
		assertThat(sweepOut()).isZero();
		this.clock.advance(Duration.ofMillis(1));
		assertThat(sweepOut()).isEqualTo(1);
		assertThat(count("pulsehook_event")).isZero();
		assertThat(count("pulsehook_delivery")).isZero();
	}

	@Test
	void deletesWhatNobodyHandlesAfterTheRetention() {
		this.storage.inbox().store(List.of(ExampleEvents.order("o", "2026-01-01T10:00:00Z", 1)));
		this.clock.advance(PERIODS.handled());
		assertThat(sweepOut()).isEqualTo(1);
	}

	@Test
	void deletesWhatIsDeadWithItsErrorsAfterTheDeadRetention() {
		store("c", 1);
		finish("h", FAILURE, null);
		this.clock.advance(PERIODS.dead().minusMillis(1));
		assertThat(sweepOut()).isZero();
		this.clock.advance(Duration.ofMillis(1));
		assertThat(sweepOut()).isEqualTo(1);
		assertThat(count("pulsehook_attempt")).isZero();
	}

	@Test
	void deletesWhatWaitsForAHandlerThatIsGoneAfterTheDeadRetention() {
		store("c", 1);
		subscribe("other", "PaymentOrder");
		this.clock.advance(PERIODS.dead().minusMillis(1));
		assertThat(sweepOut()).isZero();
		this.clock.advance(Duration.ofMillis(1));
		assertThat(sweepOut()).isEqualTo(1);
	}

	@Test
	void neverDeletesWhatAHandlerStillHasToDo() {
		store("c", 1, 2);
		finish("h", FAILURE, this.clock.instant());
		this.clock.advance(PERIODS.dead().multipliedBy(4));
		assertThat(sweepOut()).isZero();
		assertThat(this.storage.events().deliveries(1)).extracting(StoredDelivery::status)
			.containsExactly(DeliveryStatus.RETRYING);
		assertThat(this.storage.events().deliveries(2)).extracting(StoredDelivery::status)
			.containsExactly(DeliveryStatus.PENDING);
	}

	@Test
	void keepsAnEventForTheOneOfItsDeliveriesThatIsOpen() {
		this.storage.inbox()
			.subscribe(List.of(new Subscription("h", Set.of("OpenChat"), true),
					new Subscription("open", Set.of("OpenChat"), true)), (arrivals) -> {
					});
		store("c", 1);
		finish("h", null, null);
		this.clock.advance(PERIODS.dead());
		assertThat(sweepOut()).isZero();
		finish("open", null, null);
		assertThat(sweepOut()).isEqualTo(1);
	}

	@Test
	void keepsWhatWaitsForAHandlerThatIsAwayForAMoment() throws Exception {
		store("c", 1);
		this.clock.advance(PERIODS.dead().multipliedBy(2));
		this.storage.close();
		this.storage = this.database.open(this.directory, this.clock);
		assertThat(sweepOut()).isZero();
		subscribe("other", "PaymentOrder");
		assertThat(sweepOut()).isZero();
		this.storage.inbox().unsubscribe();
		assertThat(sweepOut()).isZero();
		subscribe("h", "OpenChat");
		this.clock.advance(PERIODS.dead());
		assertThat(sweepOut()).isZero();
		finish("h", null, null);
		assertThat(sweepOut()).isEqualTo(1);
	}

	@Test
	void remembersTheStateOfAnOrderForLongerThanItsEvents() {
		this.storage.inbox().store(List.of(ExampleEvents.order("gone", "2026-01-01T10:00:00Z", 1)));
		this.storage.inbox().store(List.of(ExampleEvents.order("living", "2026-01-01T10:00:00Z", 1)));
		this.clock.advance(PERIODS.handled());
		this.storage.inbox().store(List.of(ExampleEvents.order("living", "2026-01-01T10:00:01Z", 1)));
		assertThat(sweepOut()).isEqualTo(2);
		assertThat(number("select sum(event_id) from pulsehook_order")).isEqualTo(1 + 3);
		this.clock.advance(PERIODS.dead().minus(PERIODS.handled()).minusMillis(1));
		this.storage.upkeep().retention().deleteOrders(PERIODS);
		assertThat(number("select sum(event_id) from pulsehook_order")).isEqualTo(3);
	}

	@Test
	void deletesTheStatesOfManyOrdersInBatches() {
		this.storage.inbox()
			.store(IntStream.range(0, 1200)
				.mapToObj((i) -> ExampleEvents.order("o" + i, "2026-01-01T10:00:00Z", i))
				.toList());
		this.clock.advance(PERIODS.dead());
		sweepOut();
		Retention retention = this.storage.upkeep().retention();
		assertThat(List.of(retention.deleteOrders(PERIODS), retention.deleteOrders(PERIODS),
				retention.deleteOrders(PERIODS)))
			.containsExactly(1000, 200, 0);
	}

	@Test
	void deletesInBatchesAndPassesByWhatItKeepsOnce() {
		store("c", IntStream.range(0, 1200).toArray());
		this.storage.inbox()
			.store(IntStream.range(0, 1200)
				.mapToObj((i) -> ExampleEvents.order("o" + i, "2026-01-01T10:00:00Z", i))
				.toList());
		this.clock.advance(PERIODS.handled());
		RetentionPass pass = this.storage.upkeep().retention().begin(PERIODS);
		assertThat(List.of(pass.deleteNext(), pass.deleteNext(), pass.deleteNext(), pass.deleteNext()))
			.containsExactly(0L, 0L, 300L, 500L);
		assertThat(pass.hasMore()).isTrue();
		assertThat(pass.deleteNext()).isEqualTo(400);
		assertThat(pass.hasMore()).isFalse();
	}

	@Test
	void deletesFewLargeEventsAtATime() {
		for (int i = 0; i < 12; i++) {
			this.storage.inbox()
				.store(List.of(ExampleEvents.event("Unhandled", "c", 1L, ExampleEvents.identity("large" + i, false),
						"x".repeat(1_000_000))));
		}
		this.clock.advance(PERIODS.handled());
		RetentionPass pass = this.storage.upkeep().retention().begin(PERIODS);
		assertThat(List.of(pass.deleteNext(), pass.deleteNext(), pass.deleteNext())).containsExactly(5L, 5L, 2L);
		assertThat(pass.hasMore()).isFalse();
	}

	@Test
	void deletesOldCountsAndReplays() throws SQLException {
		this.database.execute(this.directory, """
				insert into pulsehook_replay (status, request, cursor, last_event, created_at, finished_at)
				values ('done', '{}', 0, 0, 0, %1$d), ('running', '{}', 0, 0, 0, null)
				""".formatted(this.clock.millis()));
		for (int minute = 0; minute < 200; minute++) {
			store("c", minute);
			this.clock.advance(Duration.ofMinutes(1));
		}
		this.clock.advance(PERIODS.dead().minusMinutes(30));
		Retention retention = this.storage.upkeep().retention();
		assertThat(List.of(retention.deleteCounts(PERIODS), retention.deleteCounts(PERIODS),
				retention.deleteCounts(PERIODS), retention.deleteCounts(PERIODS)))
			.containsExactly(60, 60, 50, 0);
		assertThat(count("pulsehook_minute")).isEqualTo(30);
		assertThat(retention.deleteReplays(PERIODS)).isEqualTo(1);
		assertThat(count("pulsehook_replay")).isEqualTo(1);
	}

	@Test
	void holdsUpNoOneWhoStores() throws Exception {
		for (int batch = 0; batch < 20; batch++) {
			this.storage.inbox()
				.store(IntStream.range(batch * 1000, batch * 1000 + 1000)
					.mapToObj((i) -> ExampleEvents.order("o" + i, "2026-01-01T10:00:00Z", i))
					.toList());
		}
		this.clock.advance(PERIODS.handled());
		Housekeeper housekeeper = this.storage.housekeeper(PERIODS);
		CompletableFuture<Void> work = CompletableFuture.runAsync(housekeeper::runOnce);
		List<Long> nanos = new ArrayList<>();
		while (!work.isDone()) {
			long start = System.nanoTime();
			store("c", nanos.size());
			nanos.add(System.nanoTime() - start);
		}
		work.join();
		assertThat(count("pulsehook_event")).isEqualTo(nanos.size());
		assertThat(nanos).hasSizeGreaterThan(10);
		Collections.sort(nanos);
		assertThat(Duration.ofNanos(nanos.get(nanos.size() * 9 / 10))).isLessThan(Duration.ofSeconds(1));
	}

	private long sweepOut() {
		RetentionPass pass = this.storage.upkeep().retention().begin(PERIODS);
		long deleted = 0;
		while (pass.hasMore()) {
			deleted += pass.deleteNext();
		}
		return deleted;
	}

	private void store(String contact, int... numbers) {
		this.storage.inbox()
			.store(IntStream.of(numbers).mapToObj((number) -> ExampleEvents.openChat(contact, number)).toList());
	}

	private void finish(String handler, @Nullable Failure failure, @Nullable Instant retryAt) {
		DueDelivery due = this.storage.deliveries()
			.claim(new ClaimRequest(handler, Traffic.LIVE, this.clock.instant(), 1), (id) -> false)
			.deliveries()
			.get(0);
		Outcome outcome = TestOutcomes.of(due, this.clock.instant(), this.clock.instant(), failure, retryAt);
		assertThat(this.storage.deliveries().finish(outcome).join()).isTrue();
	}

	private int count(String table) {
		return number("select count(*) from " + table);
	}

	private int number(String query) {
		return this.database.number(this.directory, query);
	}

}
