package io.pulsehook.inbox;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import io.pulsehook.inbox.model.ClaimRequest;
import io.pulsehook.inbox.model.DeliveryId;
import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.EventStatus;
import io.pulsehook.inbox.model.NextDue;
import io.pulsehook.inbox.model.Outcome.Failure;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.model.Traffic;
import io.pulsehook.inbox.query.StoredEvent;

import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class DeliveriesTests {

	@Parameter
	TestDatabase database;

	private static final Failure FAILURE = new Failure("error", "stack trace");

	@TempDir
	Path directory;

	private final SettableClock clock = new SettableClock();

	private Storage storage;

	private Deliveries deliveries;

	@BeforeEach
	void open() {
		this.storage = this.database.open(this.directory, this.clock);
		this.deliveries = this.storage.deliveries();
		subscribe(true);
	}

	private void subscribe(boolean ordered) {
		this.storage.inbox()
			.subscribe(List.of(new Subscription("h", Set.of("OpenChat", "PaymentOrder"), ordered)), (arrivals) -> {
			});
	}

	@AfterEach
	void close() throws Exception {
		this.storage.close();
	}

	@Test
	void areDueOneAtATimeForEachKeyAndInOrderOfReceipt() {
		store("a", 1, 2, 3);
		store("b", 1);
		assertThat(due()).extracting(DueDelivery::eventId).containsExactly(1L, 4L);
		this.clock.advance(Duration.ofSeconds(1));
		finish(take(Traffic.LIVE));
		assertThat(due()).extracting(DueDelivery::eventId).containsExactly(4L, 2L);
	}

	@Test
	void areAllDueForAHandlerWithoutOrder() {
		subscribe(false);
		store("a", 1, 2, 3);
		assertThat(due()).extracting(DueDelivery::eventId).containsExactly(1L, 2L, 3L);
	}

	@Test
	void holdBackTheirKeyWhileOneIsTriedAgain() {
		store("a", 1, 2);
		Instant later = this.clock.instant().plusSeconds(10);
		finish(take(Traffic.LIVE), FAILURE, later);
		assertThat(due()).isEmpty();
		assertThat(this.deliveries.nextDue("h", this.clock.instant())).isEqualTo(new NextDue(false, false, later));
		this.clock.advance(Duration.ofSeconds(10));
		assertThat(due()).singleElement().satisfies((delivery) -> {
			assertThat(delivery.eventId()).isEqualTo(1);
			assertThat(delivery.attempts()).isEqualTo(1);
		});
	}

	@Test
	void letTheirKeyGoOnWhenOneIsDead() {
		store("a", 1, 2);
		finish(take(Traffic.LIVE), FAILURE, null);
		assertThat(due()).extracting(DueDelivery::eventId).containsExactly(2L);
		assertThat(this.storage.events().find(1)).get().extracting(StoredEvent::status).isEqualTo(EventStatus.DEAD);
	}

	@Test
	void areNotGivenOutWhileTheyRun() {
		store("a", 1);
		store("b", 1);
		assertThat(take(Traffic.LIVE).eventId()).isEqualTo(1);
		assertThat(this.deliveries.claim(new ClaimRequest("h", Traffic.LIVE, this.clock.instant(), 5), (id) -> id == 1)
			.deliveries()).extracting(DueDelivery::eventId).containsExactly(2L);
	}

	@Test
	void acceptOneOutcomeForAnAttempt() {
		store("a", 1);
		DueDelivery delivery = take(Traffic.LIVE);
		finish(delivery, FAILURE, this.clock.instant());
		assertThat(finish(delivery, FAILURE, null)).isFalse();
		assertThat(this.storage.events().deliveries(1)).singleElement().satisfies((stored) -> {
			assertThat(stored.status()).isEqualTo(DeliveryStatus.RETRYING);
			assertThat(stored.failures()).hasSize(1);
		});
	}

	@Test
	void keepTheFailedAttemptsOfASuccess() {
		store("a", 1);
		finish(take(Traffic.LIVE), FAILURE, this.clock.instant());
		finish(take(Traffic.LIVE));
		assertThat(this.storage.events().deliveries(1)).singleElement().satisfies((stored) -> {
			assertThat(stored.status()).isEqualTo(DeliveryStatus.DONE);
			assertThat(stored.attempts()).isEqualTo(2);
			assertThat(stored.failures()).singleElement().satisfies((failed) -> {
				assertThat(failed.attempt()).isEqualTo(1);
				assertThat(failed.stackTrace()).isEqualTo("stack trace");
			});
		});
	}

	@Test
	void areClaimedAtMostTenMillisecondsLaterBehindAHundredThousandOfOneRetryingKey() {
		store("retrying", 0);
		finish(take(Traffic.LIVE), FAILURE, this.clock.instant().plusSeconds(3600));
		store("other", 0);
		Duration before = bestClaimOf(2);
		finish(take(Traffic.LIVE));
		for (int batch = 0; batch < 100; batch++) {
			store("retrying", IntStream.range(1 + batch * 1000, 1001 + batch * 1000).toArray());
		}
		store("other", 1);
		assertThat(bestClaimOf(100_003)).isLessThan(before.plusMillis(10));
	}

	// Measures a claim of the only event that is due, which is given back each time.
	private Duration bestClaimOf(long event) {
		long best = Long.MAX_VALUE;
		for (int i = 0; i < 20; i++) {
			long start = System.nanoTime();
			List<DueDelivery> taken = take(Traffic.LIVE, 100);
			assertThat(this.deliveries.nextDue("h", this.clock.instant()).next()).isNotNull();
			best = Math.min(best, System.nanoTime() - start);
			assertThat(taken).extracting(DueDelivery::eventId).containsExactly(event);
			this.deliveries.giveBack(taken).join();
		}
		return Duration.ofNanos(best);
	}

	@Test
	void knowThatALaterUpdateOfTheirOrderHasBeenReceived() {
		this.storage.inbox().store(List.of(ExampleEvents.order("o", "2026-01-01T10:00:02Z", 200)));
		this.storage.inbox().store(List.of(ExampleEvents.order("o", "2026-01-01T10:00:01Z", 101)));
		assertThat(this.deliveries.isSuperseded(1)).isFalse();
		assertThat(this.deliveries.isSuperseded(2)).isTrue();
		this.storage.inbox().store(List.of(ExampleEvents.order("o", "2026-01-01T10:00:03Z", 301)));
		assertThat(this.deliveries.isSuperseded(1)).isTrue();
		assertThat(this.deliveries.isSuperseded(3)).isFalse();
	}

	@Test
	void runOneAtATimeAlsoWhenBothAreReplayed() {
		store("a", 1, 2);
		finish(take(Traffic.LIVE));
		finish(take(Traffic.LIVE));
		this.storage.replays().create(2, Set.of(), true);
		this.storage.replays().create(1, Set.of(), true);
		this.storage.upkeep().sweep().wakeBlocked();
		List<DueDelivery> replayed = due(Traffic.REPLAY);
		assertThat(replayed).extracting(DueDelivery::eventId).containsExactly(2L);
		finish(take(Traffic.REPLAY));
		assertThat(due(Traffic.REPLAY)).extracting(DueDelivery::eventId).containsExactly(1L);
	}

	@Test
	void haveIdsThatARestoredDatabaseDoesNotGiveAgain(@TempDir Path other) throws Exception {
		store("a", 1);
		DeliveryId id = due().get(0).id();
		assertThat(id.toString()).startsWith("1-").endsWith("-h");
		this.clock.advance(Duration.ofMillis(1));
		this.storage.close();
		this.directory = other;
		open();
		store("a", 1);
		assertThat(due()).singleElement().satisfies((delivery) -> {
			assertThat(delivery.eventId()).isEqualTo(1);
			assertThat(delivery.id()).isNotEqualTo(id);
		});
	}

	private void store(String contact, int... numbers) {
		this.storage.inbox()
			.store(IntStream.of(numbers).mapToObj((number) -> ExampleEvents.openChat(contact, number)).toList());
	}

	private List<DueDelivery> due() {
		return due(Traffic.LIVE);
	}

	// Gives back what it claims, so that looking changes nothing.
	private List<DueDelivery> due(Traffic traffic) {
		List<DueDelivery> due = take(traffic, 100);
		this.deliveries.giveBack(due).join();
		return due;
	}

	private DueDelivery take(Traffic traffic) {
		return take(traffic, 1).get(0);
	}

	private List<DueDelivery> take(Traffic traffic, int limit) {
		return this.deliveries.claim(new ClaimRequest("h", traffic, this.clock.instant(), limit), (id) -> false)
			.deliveries();
	}

	private void finish(DueDelivery delivery) {
		assertThat(this.deliveries
			.finish(TestOutcomes.of(delivery, this.clock.instant(), this.clock.instant(), null, null))
			.join()).isTrue();
	}

	private boolean finish(DueDelivery delivery, Failure failure, @Nullable Instant retryAt) {
		return this.deliveries
			.finish(TestOutcomes.of(delivery, this.clock.instant(), this.clock.instant(), failure, retryAt))
			.join();
	}

}
