package io.pulsehook.inbox;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.util.unit.DataSize;

import io.pulsehook.inbox.TestDatabase.Hindrance;
import io.pulsehook.inbox.model.ClaimRequest;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.EventStatus;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.model.Outage;
import io.pulsehook.inbox.model.Receipt;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.model.Traffic;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.StoredEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class InboxTests {

	@Parameter
	TestDatabase database;

	@TempDir
	Path directory;

	private final SettableClock clock = new SettableClock();

	private final ExecutorService clients = Executors.newFixedThreadPool(64);

	private Storage storage;

	@BeforeEach
	void open() {
		this.storage = open(Duration.ofSeconds(5), DataSize.ofMegabytes(1));
	}

	private Storage open(Duration ackTimeout, DataSize buffer) {
		return this.database.open(
				new InboxSettings(this.directory, ackTimeout, buffer, Duration.ofMinutes(10), Duration.ofSeconds(60)),
				this.clock);
	}

	@AfterEach
	void close() throws Exception {
		this.clients.shutdownNow();
		this.storage.close();
	}

	@Test
	void keepsWhatItAcknowledgedOverARestart() throws Exception {
		assertThat(this.storage.inbox().store(List.of(ExampleEvents.openChat("c", 1), ExampleEvents.openChat("c", 2))))
			.isEqualTo(new Receipt(2, 0, 0));
		this.storage.close();
		open();
		List<StoredEvent> events = events();
		assertThat(events).extracting(StoredEvent::id).containsExactly(2L, 1L);
		assertThat(this.storage.events().body(1)).hasValue(ExampleEvents.openChat("c", 1).body());
	}

	@Test
	void storesARedeliveredEventOnceAndCountsIt() {
		NewEvent event = ExampleEvents.openChat("c", 1);
		this.storage.inbox().store(List.of(event));
		assertThat(this.storage.inbox().store(List.of(event, ExampleEvents.openChat("c", 2))))
			.isEqualTo(new Receipt(1, 1, 0));
		assertThat(events()).extracting(StoredEvent::duplicates).containsExactly(0, 1);
	}

	@Test
	void storesAnEventOnceThatArrivesTwentyTimesAtOnce() throws Exception {
		for (int round = 0; round < 100; round++) {
			NewEvent event = ExampleEvents.openChat("c", round);
			List<Receipt> receipts = atOnce(20, () -> this.storage.inbox().store(List.of(event)));
			assertThat(receipts.stream().mapToInt(Receipt::accepted).sum()).as("round %d", round).isEqualTo(1);
			assertThat(receipts.stream().mapToInt(Receipt::duplicates).sum()).as("round %d", round).isEqualTo(19);
		}
		assertThat(this.storage.events().page(EventFilter.ALL, null, 500).events()).hasSize(100);
	}

	@Test
	void takesEqualBareEventsForOneWithinTheWindowOnly() {
		NewEvent bare = ExampleEvents.bare("batch");
		this.storage.inbox().store(List.of(bare));
		this.clock.advance(Duration.ofMinutes(9));
		assertThat(this.storage.inbox().store(List.of(bare)).duplicates()).isEqualTo(1);
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(this.storage.inbox().store(List.of(bare)).accepted()).isEqualTo(1);
		assertThat(this.storage.inbox().store(List.of(bare)).duplicates()).isEqualTo(1);
		assertThat(events()).hasSize(2);
	}

	@Test
	void countsTheWindowOfBareEventsByTheirArrival() {
		NewEvent bare = ExampleEvents.bare("batch");
		Instant start = this.clock.instant();
		this.storage.inbox().store(List.of(bare));
		this.clock.advance(Duration.ofHours(1));
		assertThat(this.storage.inbox()
			.store(List.of(bare.arrivedAt(minutes(start, 9)), bare.arrivedAt(minutes(start, 10)),
					bare.arrivedAt(minutes(start, 19)), bare.arrivedAt(minutes(start, 20)))))
			.isEqualTo(new Receipt(2, 2, 0));
		assertThat(this.storage.inbox().store(List.of(bare.arrivedAt(minutes(start, 29)))).duplicates()).isOne();
		assertThat(this.storage.inbox().store(List.of(bare.arrivedAt(minutes(start, 55)))).accepted()).isOne();
		assertThat(this.storage.inbox().store(List.of(bare)).duplicates()).isOne();
		this.clock.advance(Duration.ofMinutes(5));
		assertThat(this.storage.inbox().store(List.of(bare)).accepted()).isOne();
		assertThat(events()).extracting(StoredEvent::arrivedAt)
			.containsExactly(null, minutes(start, 55), minutes(start, 20), minutes(start, 10), null);
		assertThat(events()).extracting(StoredEvent::duplicates).containsExactly(0, 1, 1, 1, 1);
	}

	@Test
	void keepsTheTimeOfArrivalOfWhatWaited() {
		this.storage.inbox().subscribe(List.of(new Subscription("h", Set.of("OpenChat"), true)), (arrivals) -> {
		});
		Instant arrived = this.clock.instant().minusSeconds(90);
		this.storage.inbox().store(List.of(ExampleEvents.openChat("c", 1).arrivedAt(arrived)));
		assertThat(events()).singleElement().satisfies((event) -> {
			assertThat(event.receivedAt()).isEqualTo(this.clock.instant());
			assertThat(event.arrivedAt()).isEqualTo(arrived);
			assertThat(event.occurredAt()).as("Of an event without a time of its own").isEqualTo(arrived);
		});
		assertThat(this.storage.deliveries()
			.claim(new ClaimRequest("h", Traffic.LIVE, this.clock.instant(), 1), (id) -> false)
			.deliveries()).extracting(DueDelivery::receivedAt, DueDelivery::arrivedAt)
			.containsExactly(tuple(this.clock.instant(), arrived));
	}

	@Test
	void letsNoRequestPayForANeighbourWhoseDataIsRefused() throws Exception {
		this.database.refuse(this.directory, "insert on pulsehook_event", "new.contact = 'poison'", "refused");
		List<Callable<Receipt>> requests = new ArrayList<>();
		for (int i = 0; i < 64; i++) {
			NewEvent event = ExampleEvents.openChat((i == 13) ? "poison" : "c" + i, i);
			requests.add(() -> this.storage.inbox().store(List.of(event)));
		}
		List<Future<Receipt>> answers = this.clients.invokeAll(requests);
		for (int i = 0; i < 64; i++) {
			Future<Receipt> answer = answers.get(i);
			if (i == 13) {
				assertThatExceptionOfType(ExecutionException.class).isThrownBy(answer::get)
					.withCauseInstanceOf(InboxUnavailableException.class);
			}
			else {
				assertThat(answer.get()).isEqualTo(new Receipt(1, 0, 0));
			}
		}
		assertThat(this.storage.inbox().outage()).isNull();
		assertThat(this.storage.events().page(EventFilter.ALL, null, 500).events()).hasSize(63);
	}

	@Test
	void storesNothingOfARequestOfWhichOneElementIsRefused() throws Exception {
		this.database.refuse(this.directory, "insert on pulsehook_event", "new.contact = 'poison'", "refused");
		assertThatExceptionOfType(InboxUnavailableException.class).isThrownBy(() -> this.storage.inbox()
			.store(List.of(ExampleEvents.openChat("c", 1), ExampleEvents.openChat("poison", 1))));
		assertThat(events()).isEmpty();
	}

	@Test
	void givesUpAfterTheAckTimeoutAndWithdrawsWhatWaits() throws Exception {
		this.storage.close();
		this.storage = open(Duration.ofMillis(300), DataSize.ofMegabytes(1));
		try (Hindrance turn = this.database.holdTurn(this.directory)) {
			Future<Receipt> held = this.clients
				.submit(() -> this.storage.inbox().store(List.of(ExampleEvents.openChat("held", 1))));
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(held::get)
				.withCauseInstanceOf(InboxUnavailableException.class);
			assertThatExceptionOfType(InboxUnavailableException.class)
				.isThrownBy(() -> this.storage.inbox().store(List.of(ExampleEvents.openChat("withdrawn", 1))));
		}
		Awaitility.await()
			.ignoreExceptions()
			.untilAsserted(() -> this.storage.inbox().store(List.of(ExampleEvents.openChat("later", 1))));
		assertThat(events()).extracting(StoredEvent::contact).contains("later").doesNotContain("withdrawn");
	}

	@Test
	void refusesAtOnceWhatDoesNotFitIntoTheBuffer() throws Exception {
		NewEvent large = ExampleEvents.event("OpenChat", "c", 1L, ExampleEvents.identity("large", false),
				" ".repeat(2_000_000));
		try (Hindrance turn = this.database.holdTurn(this.directory)) {
			FutureTask<Receipt> held = new FutureTask<>(() -> this.storage.inbox().store(List.of(large)));
			Thread client = new Thread(held);
			client.start();
			// The large event has its place in the buffer only when its client waits.
			Awaitility.await().until(() -> client.getState() == Thread.State.WAITING);
			assertThatExceptionOfType(InboxUnavailableException.class)
				.isThrownBy(() -> this.storage.inbox().store(List.of(ExampleEvents.openChat("c", 1))))
				.withMessageContaining("Too many events wait");
			turn.close();
			assertThat(held.get().accepted()).isEqualTo(1);
		}
		assertThat(this.storage.inbox().store(List.of(ExampleEvents.openChat("c", 1))).accepted()).isEqualTo(1);
	}

	@Test
	void saysSinceWhenItCannotWriteAndFindsBackByItself() throws Exception {
		Hindrance broken = this.database.breakTable(this.directory, "pulsehook_event");
		assertThatExceptionOfType(InboxUnavailableException.class)
			.isThrownBy(() -> this.storage.inbox().store(List.of(ExampleEvents.openChat("c", 1))));
		Outage outage = this.storage.inbox().outage();
		assertThat(outage).isNotNull();
		assertThat(outage.since()).isEqualTo(this.clock.instant());
		broken.close();
		Awaitility.await().untilAsserted(() -> assertThat(this.storage.inbox().outage()).isNull());
		assertThat(this.storage.inbox().store(List.of(ExampleEvents.openChat("c", 1))).accepted()).isEqualTo(1);
	}

	@Test
	void keepsOutcomesThroughAnOutage() throws Exception {
		this.storage.inbox().subscribe(List.of(new Subscription("h", Set.of("OpenChat"), true)), (arrivals) -> {
		});
		this.storage.inbox().store(List.of(ExampleEvents.openChat("c", 1)));
		DueDelivery due = this.storage.deliveries()
			.claim(new ClaimRequest("h", Traffic.LIVE, this.clock.instant(), 1), (id) -> false)
			.deliveries()
			.get(0);
		Hindrance broken = this.database.breakTable(this.directory, "pulsehook_delivery");
		Future<Boolean> outcome = this.storage.deliveries()
			.finish(TestOutcomes.of(due, this.clock.instant(), this.clock.instant(), null, null));
		Awaitility.await().untilAsserted(() -> assertThat(this.storage.inbox().outage()).isNotNull());
		broken.close();
		assertThat(outcome.get()).isTrue();
		assertThat(this.storage.events().find(1)).get().extracting(StoredEvent::status).isEqualTo(EventStatus.DONE);
	}

	@Test
	void neverUsesAnIdTwice() throws Exception {
		this.storage.inbox().store(List.of(ExampleEvents.openChat("c", 1)));
		this.database.execute(this.directory, "delete from pulsehook_event");
		this.storage.close();
		open();
		this.storage.inbox().store(List.of(ExampleEvents.openChat("c", 2)));
		assertThat(events()).extracting(StoredEvent::id).containsExactly(2L);
	}

	@Test
	void countsWhatArrivesByMinute() throws Exception {
		this.storage.inbox().store(IntStream.range(0, 3).mapToObj((i) -> ExampleEvents.openChat("c", i)).toList());
		this.storage.inbox().store(List.of(ExampleEvents.openChat("c", 0)));
		String count = "select events from pulsehook_minute where type = 'OpenChat' and service = 'telegram'"
				+ " and minute = " + this.clock.millis() / 60_000;
		assertThat(number(count + " and result = 'accepted'")).isEqualTo(3);
		assertThat(number(count + " and result = 'duplicate'")).isEqualTo(1);
	}

	private <T> List<T> atOnce(int times, Callable<T> call) throws Exception {
		List<T> results = new ArrayList<>();
		for (Future<T> future : this.clients.invokeAll(java.util.Collections.nCopies(times, call))) {
			results.add(future.get());
		}
		return results;
	}

	private List<StoredEvent> events() {
		return this.storage.events().page(EventFilter.ALL, null, 50).events();
	}

	private static Instant minutes(Instant start, int later) {
		return start.plus(Duration.ofMinutes(later));
	}

	private int number(String query) {
		return this.database.number(this.directory, query);
	}

}
