package io.pulsehook.dispatch;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import io.pulsehook.Delivery;
import io.pulsehook.EventHandler;
import io.pulsehook.UnrecoverableEventException;
import io.pulsehook.dispatch.handler.HandlerSettings;
import io.pulsehook.dispatch.handler.HandlerSettings.Ordering;
import io.pulsehook.dispatch.handler.Handlers;
import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.event.Event;
import io.pulsehook.event.FailedDelivery;
import io.pulsehook.event.OpenChat;
import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.SettableClock;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.TestDatabase.Hindrance;
import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.inbox.model.EventStatus;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.StoredDelivery;
import io.pulsehook.inbox.query.StoredDelivery.FailedAttempt;
import io.pulsehook.inbox.query.StoredDelivery.FormerSuccess;
import io.pulsehook.inbox.replay.Replay;
import io.pulsehook.inbox.replay.ReplayRequest;
import io.pulsehook.inbox.replay.ReplayStatus;
import io.pulsehook.inbox.replay.ReplayedDelivery;
import io.pulsehook.inbox.replay.Replays.Count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class ReplayTests {

	@Parameter
	TestDatabase database;

	private static final EventFilter DEAD = EventFilter.builder().status(EventStatus.DEAD).build();

	@TempDir
	Path directory;

	private final SettableClock clock = new SettableClock();

	private final List<Delivery> handled = new CopyOnWriteArrayList<>();

	private volatile boolean fails;

	private Storage storage;

	private @Nullable Dispatcher dispatcher;

	private @Nullable Replayer replayer;

	@BeforeEach
	void open() {
		this.storage = this.database.open(this.directory, this.clock);
	}

	@AfterEach
	void close() throws Exception {
		stop();
		this.storage.close();
	}

	private void stop() {
		if (this.replayer != null) {
			this.replayer.stop();
		}
		if (this.dispatcher != null) {
			this.dispatcher.stop();
		}
	}

	@Test
	void runsADeadDeliveryAgainWithTheSameIdAsANewRun() {
		start("h");
		this.fails = true;
		store("c", 1);
		awaitStatus(1, "h", "dead");
		this.fails = false;
		Replay replay = this.storage.replays().create(1, Set.of(), false);
		assertThat(replay.deliveries()).isEqualTo(1);
		awaitStatus(1, "h", "done");
		assertThat(this.handled).extracting(Delivery::id).containsOnly(this.handled.get(0).id());
		assertThat(this.handled).extracting(Delivery::run).containsExactly(1, 2);
		assertThat(this.handled).extracting(Delivery::isReplay).containsExactly(false, true);
		assertThat(this.handled).extracting(Delivery::attempt).containsExactly(1, 1);
	}

	@Test
	void tellsHowManySucceededAndHowManyFailedAgain() {
		start(handler("h", (event, delivery) -> {
			if (this.fails || delivery.raw().contains("\"odd\"")) {
				throw new UnrecoverableEventException("fails");
			}
			this.handled.add(delivery);
		}));
		this.fails = true;
		for (int number = 0; number < 10; number++) {
			store((number % 5 < 2) ? "odd" : "even", number);
		}
		await(() -> assertThat(dead("h")).isEqualTo(10));
		this.fails = false;
		Replay begun = this.storage.replays().create(new ReplayRequest(DEAD, Set.of("h"), false), "operator");
		awaitDone(begun, 10);
		await(() -> assertThat(find(begun).unfinished()).isZero());
		assertThat(find(begun)).extracting(Replay::succeeded, Replay::failed, Replay::unknown, Replay::askedBy)
			.containsExactly(6L, 4L, 0L, "operator");
		List<ReplayedDelivery> failed = this.storage.replays().ended(begun.id(), true, null, 3);
		assertThat(failed).extracting(ReplayedDelivery::event).containsExactly(7L, 6L, 2L);
		assertThat(failed).extracting(ReplayedDelivery::error)
			.containsOnly("io.pulsehook.UnrecoverableEventException: fails");
		assertThat(this.storage.replays().ended(begun.id(), true, failed.get(2).place(), 3))
			.extracting(ReplayedDelivery::event)
			.containsExactly(1L);
		assertThat(this.storage.replays().ended(begun.id(), false, null, 10)).hasSize(6)
			.allSatisfy((delivery) -> assertThat(delivery.error()).isNull());
	}

	@Test
	void countsNothingForWhatNobodyAskedFor() {
		start("h");
		store("c", 1);
		awaitStatus(1, "h", "done");
		Replay replay = this.storage.replays().create(1, Set.of(), true);
		awaitStatus(1, "h", "done");
		await(() -> assertThat(find(replay).succeeded()).isEqualTo(1));
		store("c", 2);
		awaitStatus(2, "h", "done");
		assertThat(find(replay)).extracting(Replay::succeeded, Replay::failed).containsExactly(1L, 0L);
	}

	@Test
	void keepsTheAttemptsOfAllRuns() {
		start("h");
		store("c", 1);
		awaitStatus(1, "h", "done");
		Instant first = delivery(1, "h").finishedAt();
		this.fails = true;
		this.clock.advance(Duration.ofMinutes(1));
		this.storage.replays().create(1, Set.of(), true);
		awaitStatus(1, "h", "dead");
		this.fails = false;
		this.storage.replays().create(1, Set.of(), true);
		awaitStatus(1, "h", "done");
		this.storage.replays().create(1, Set.of(), true);
		await(() -> assertThat(delivery(1, "h").run()).isEqualTo(4));
		awaitStatus(1, "h", "done");
		assertThat(delivery(1, "h").failures()).extracting(FailedAttempt::run).containsExactly(2);
		assertThat(delivery(1, "h").formerSuccesses()).extracting(FormerSuccess::run, FormerSuccess::attempt)
			.containsExactly(tuple(1, 1), tuple(3, 1));
		assertThat(delivery(1, "h").formerSuccesses().get(0).finishedAt()).isEqualTo(first);
	}

	@Test
	void runsOnlyWhatDiedSinceAMoment() {
		start("h");
		this.fails = true;
		store("a", 1);
		store("b", 1);
		awaitStatus(2, "h", "dead");
		awaitStatus(1, "h", "dead");
		this.clock.advance(Duration.ofHours(1));
		Instant moment = this.clock.instant();
		store("c", 1);
		awaitStatus(3, "h", "dead");
		this.fails = false;
		ReplayRequest request = new ReplayRequest(DEAD, Set.of("h"), false, null, moment);
		assertThat(this.storage.replays().count(request).deliveries()).isEqualTo(1);
		awaitDone(this.storage.replays().create(request), 1);
		awaitStatus(3, "h", "done");
		assertThat(dead("h")).isEqualTo(2);
	}

	@Test
	void listsTheNewestFirstAndSaysWhatWasAskedFor() {
		start("h");
		store("c", 1);
		awaitStatus(1, "h", "done");
		Replay one = this.storage.replays().create(1, Set.of("h"), true, "someone");
		Replay all = this.storage.replays().create(new ReplayRequest(EventFilter.ALL, Set.of("h"), false), null);
		Replay last = this.storage.replays().create(new ReplayRequest(DEAD, Set.of(), false), "someone");
		assertThat(this.storage.replays().newest(null, 2)).extracting(Replay::id).containsExactly(last.id(), all.id());
		assertThat(this.storage.replays().newest(all.id(), 2)).singleElement().satisfies((replay) -> {
			assertThat(replay.id()).isEqualTo(one.id());
			assertThat(replay.onlyEvent()).isEqualTo(1);
			assertThat(replay.askedBy()).isEqualTo("someone");
			assertThat(replay.request().handlers()).containsExactly("h");
		});
		assertThat(find(all).onlyEvent()).isNull();
	}

	// A version before does not know the columns of results.
	@Test
	void saysOfWhatAFormerVersionEndedThatItHasEnded() throws Exception {
		start();
		store("c", 1);
		stop();
		this.storage.inbox().subscribe(List.of(new Subscription("h", Set.of("OpenChat"), true)), (arrivals) -> {
		});
		this.database.execute(this.directory, """
				insert into pulsehook_replay (status, request, cursor, last_event, created_at)
				values ('running', '{"filter":{},"handlers":[],"includeDone":false}', 0, 1, 5)""");
		this.storage.replays().advance(1);
		this.database.execute(this.directory,
				"update pulsehook_delivery set status = 'done', attempts = 1, due_at = null, finished_at = 7");
		Replay replay = this.storage.replays().find(1).orElseThrow();
		assertThat(replay)
			.extracting(Replay::deliveries, Replay::unfinished, Replay::succeeded, Replay::failed, Replay::unknown)
			.containsExactly(1L, 0L, 0L, 0L, 1L);
		assertThat(replay.askedBy()).isNull();
		assertThat(replay.onlyEvent()).isNull();
	}

	@Test
	void leavesAloneWhatIsDoneUnlessAsked() {
		start("h");
		store("c", 1);
		awaitStatus(1, "h", "done");
		assertThat(this.storage.replays().create(1, Set.of(), false).deliveries()).isZero();
		assertThat(this.storage.replays().create(1, Set.of(), true).deliveries()).isEqualTo(1);
		await(() -> assertThat(this.handled).hasSize(2));
	}

	@Test
	void leavesAloneWhatIsUnfinished() {
		CountDownLatch slow = new CountDownLatch(1);
		start(handler("h", (event, delivery) -> slow.await()));
		store("c", 1);
		assertThat(this.storage.replays().create(1, Set.of(), true).deliveries()).isZero();
		slow.countDown();
	}

	@Test
	void handsEventsToAHandlerThatDidNotExistWhenTheyCame() {
		start("old");
		store("c", 1, 2, 3);
		awaitStatus(3, "old", "done");
		stop();
		this.handled.clear();
		start("old", "newer");
		Replay replay = this.storage.replays().create(new ReplayRequest(EventFilter.ALL, Set.of("newer"), false));
		awaitDone(replay, 3);
		await(() -> assertThat(this.handled).extracting(Delivery::handler).containsExactly("newer", "newer", "newer"));
	}

	@Test
	void handsAFailedDeliveryThatAVersionBeforeStoredToAHandlerOfThose() {
		this.storage.inbox().store(List.of(ExampleEvents.failedDelivery("FlowWebhook", 1)));
		start(new RegisteredHandler("failed", FailedDelivery.class, (event, delivery) -> record(delivery), settings()));
		ReplayRequest request = new ReplayRequest(EventFilter.ALL, Set.of("failed"), false);
		assertThat(this.storage.replays().count(request)).isEqualTo(new Count(1, 1));
		awaitDone(this.storage.replays().create(request), 1);
		awaitStatus(1, "failed", "done");
		assertThat(this.storage.replays().create(1, Set.of("failed"), true).deliveries()).isEqualTo(1);
		await(() -> assertThat(this.handled).extracting(Delivery::run).containsExactly(1, 2));
	}

	@Test
	void runsAllDeadLettersOfAHandlerAndNothingElse() {
		start("h", "other");
		this.fails = true;
		storeEach(50);
		await(() -> assertThat(dead("h")).isEqualTo(50));
		await(() -> assertThat(dead("other")).isEqualTo(50));
		this.fails = false;
		this.handled.clear();
		ReplayRequest request = new ReplayRequest(DEAD, Set.of("h"), false);
		assertThat(this.storage.replays().count(request)).isEqualTo(new Count(50, 50));
		awaitDone(this.storage.replays().create(request), 50);
		await(() -> assertThat(this.handled).hasSize(50));
		assertThat(this.handled).extracting(Delivery::handler).containsOnly("h");
		assertThat(dead("other")).isEqualTo(50);
	}

	@Test
	void runsDeadLettersOfOneErrorAndNoOthers() {
		start(handler("h", (event, delivery) -> {
			if (this.fails) {
				throw new UnrecoverableEventException(
						(delivery.raw().contains("\"odd\"") ? "Odd one " : "Even one ") + delivery.id());
			}
			this.handled.add(delivery);
		}));
		this.fails = true;
		for (int number = 0; number < 10; number++) {
			store((number % 2 == 1) ? "odd" : "even", number);
		}
		await(() -> assertThat(dead("h")).isEqualTo(10));
		this.fails = false;
		ReplayRequest request = new ReplayRequest(DEAD, Set.of("h"), false,
				"io.pulsehook.UnrecoverableEventException: Odd one …");
		assertThat(this.storage.replays().count(request).deliveries()).isEqualTo(5);
		awaitDone(this.storage.replays().create(request), 5);
		await(() -> assertThat(this.handled).hasSize(5));
		assertThat(this.handled).allSatisfy((delivery) -> assertThat(delivery.raw()).contains("\"odd\""));
		assertThat(dead("h")).isEqualTo(5);
	}

	@Test
	void goesThroughManyEventsInOrderOfReceiptForEachKey() {
		start();
		for (int number = 0; number < 300; number++) {
			store("a", number);
			store("b", number);
		}
		stop();
		start("h");
		ReplayRequest request = new ReplayRequest(EventFilter.ALL, Set.of(), false);
		assertThat(this.storage.replays().count(request)).isEqualTo(new Count(600, 600));
		awaitDone(this.storage.replays().create(request), 600);
		await(() -> assertThat(this.handled).hasSize(600));
		for (String contact : List.of("a", "b")) {
			assertThat(this.handled.stream()
				.filter((delivery) -> delivery.raw().contains("\"contact\":{\"id\":\"" + contact + "\"")))
				.extracting((delivery) -> Integer.parseInt(delivery.raw().replaceAll(".*\"name\":\"(\\d+)\".*", "$1")))
				.containsExactlyElementsOf(IntStream.range(0, 300).boxed().toList());
		}
	}

	@Test
	void joinsItsKeyAtTheEnd() {
		CountDownLatch slow = new CountDownLatch(1);
		this.fails = true;
		start(handler("h", (event, delivery) -> {
			if (!this.fails) {
				slow.await();
			}
			record(delivery);
		}));
		store("c", 1);
		awaitStatus(1, "h", "dead");
		this.fails = false;
		this.handled.clear();
		store("c", 2, 3);
		this.storage.replays().create(1, Set.of(), false);
		store("c", 4);
		slow.countDown();
		await(() -> assertThat(this.handled).hasSize(4));
		assertThat(this.handled).extracting((delivery) -> delivery.id().replaceAll("-.*", ""))
			.containsExactly("2", "3", "1", "4");
	}

	@Test
	void yieldsToLiveTraffic() {
		start();
		storeEach(500);
		stop();
		Semaphore gate = new Semaphore(20);
		start(handler("h", (event, delivery) -> {
			gate.acquire();
			record(delivery);
		}));
		this.storage.replays().create(new ReplayRequest(EventFilter.ALL, Set.of(), false));
		await(() -> assertThat(this.handled).hasSize(20));
		store("live", 1);
		gate.release(1_000);
		await(() -> assertThat(this.handled).extracting(Delivery::id).anyMatch((id) -> id.startsWith("501-")));
		int place = this.handled.stream().map(Delivery::id).map((id) -> id.startsWith("501-")).toList().indexOf(true);
		assertThat(place).isLessThan(400);
		await(() -> assertThat(this.handled).hasSize(501));
	}

	@Test
	void stopsWhenItIsCancelledAndLeavesLittleBehind() {
		start();
		storeEach(2000);
		stop();
		CountDownLatch slow = new CountDownLatch(1);
		start(handler("h", (event, delivery) -> {
			slow.await();
			record(delivery);
		}));
		Replay replay = this.storage.replays().create(new ReplayRequest(EventFilter.ALL, Set.of(), false));
		await(() -> assertThat(find(replay).deliveries()).isGreaterThanOrEqualTo(200));
		this.storage.replays().cancel(replay.id());
		Replay cancelled = find(replay);
		assertThat(cancelled.status()).isEqualTo(ReplayStatus.CANCELLED);
		assertThat(cancelled.deliveries()).isLessThanOrEqualTo(300);
		slow.countDown();
		await(() -> assertThat(find(replay).unfinished()).isZero());
		assertThat(this.handled).hasSize((int) cancelled.deliveries());
	}

	@Test
	void goesOnAfterARestart() throws Exception {
		start();
		storeEach(1000);
		stop();
		CountDownLatch slow = new CountDownLatch(1);
		start(handler("h", (event, delivery) -> slow.await()));
		Replay replay = this.storage.replays().create(new ReplayRequest(EventFilter.ALL, Set.of(), false));
		await(() -> assertThat(find(replay).deliveries()).isPositive());
		stop();
		this.storage.close();
		open();
		start("h");
		awaitDone(replay, 1000);
		await(() -> assertThat(this.handled).hasSize(1000));
		assertThat(this.handled).extracting(Delivery::id).doesNotHaveDuplicates();
	}

	@Test
	void doesNotTouchEventsThatCameAfterItWasAskedFor() {
		start();
		storeEach(10);
		stop();
		start("h");
		Objects.requireNonNull(this.replayer).stop();
		Replay replay = this.storage.replays().create(new ReplayRequest(EventFilter.ALL, Set.of(), true));
		store("later", 1);
		awaitStatus(11, "h", "done");
		Objects.requireNonNull(this.replayer).start();
		awaitDone(replay, 10);
		await(() -> assertThat(this.handled).hasSize(11));
	}

	@Test
	void namesNobodyAnyMoreWhenItHasEnded() {
		start("h");
		store("person", 1);
		awaitStatus(1, "h", "done");
		Replay done = this.storage.replays()
			.create(new ReplayRequest(of("person", "secret"), Set.of("h"), false, "about a person"));
		await(() -> assertThat(find(done).status()).isEqualTo(ReplayStatus.DONE));
		Objects.requireNonNull(this.replayer).stop();
		Replay cancelled = this.storage.replays().create(new ReplayRequest(of("person", null), Set.of("h"), false));
		assertThat(requests("%person%")).isOne();
		this.storage.replays().cancel(cancelled.id());
		assertThat(requests("%person%")).isZero();
		assertThat(requests("%secret%")).isZero();
		assertThat(find(done)).extracting(Replay::forContact, Replay::forText).containsExactly(true, true);
		assertThat(find(cancelled)).extracting(Replay::forContact, Replay::forText).containsExactly(true, false);
		assertThat(this.storage.replays().create(1, Set.of(), false)).extracting(Replay::forContact, Replay::forText)
			.containsExactly(false, false);
	}

	@Test
	void endsAsFailedWhenTheDatabaseRefusesItsData() throws Exception {
		start();
		storeEach(3);
		stop();
		start("h");
		Objects.requireNonNull(this.replayer).stop();
		Replay refused = this.storage.replays().create(new ReplayRequest(EventFilter.ALL, Set.of(), false));
		Replay other = this.storage.replays().create(new ReplayRequest(EventFilter.ALL, Set.of(), false));
		try (Hindrance hindrance = this.database.refuse(this.directory, "insert on pulsehook_delivery",
				"new.replay_id = " + refused.id(), "no")) {
			Objects.requireNonNull(this.replayer).start();
			await(() -> assertThat(find(refused).status()).isEqualTo(ReplayStatus.FAILED));
			assertThat(find(refused).finishedAt()).isNotNull();
			awaitDone(other, 3);
		}
		assertThat(this.storage.replays().running()).isEmpty();
	}

	// The replay of this test was begun by a former version.
	@Test
	void doesNotRunForEverForAContactWithANul() throws Exception {
		start("h");
		storeEach(3);
		Objects.requireNonNull(this.replayer).stop();
		Replay replay = this.storage.replays().create(new ReplayRequest(of("a\0b", null), Set.of(), false));
		Objects.requireNonNull(this.replayer).start();
		await(() -> assertThat(this.storage.replays().running()).isEmpty());
		assertThat(find(replay).status()).isIn(ReplayStatus.FAILED, ReplayStatus.DONE);
		assertThat(find(replay).forContact()).isTrue();
	}

	private static EventFilter of(String contact, @Nullable String text) {
		return EventFilter.builder().contact(contact).text(text).build();
	}

	private int requests(String like) {
		return this.database.number(this.directory,
				"select count(*) from pulsehook_replay where request like '" + like + "'");
	}

	@Test
	void lastsOverRestartsWhileAHandlerIsPaused() {
		start("h", "other");
		Objects.requireNonNull(this.dispatcher).pause("h");
		store("c", 1);
		awaitStatus(1, "other", "done");
		assertThat(delivery(1, "h").status()).isEqualTo(DeliveryStatus.PENDING);
		stop();
		start("h", "other");
		store("c", 2);
		awaitStatus(2, "other", "done");
		assertThat(this.handled).extracting(Delivery::handler).containsOnly("other");
		Objects.requireNonNull(this.dispatcher).resume("h");
		awaitStatus(1, "h", "done");
		awaitStatus(2, "h", "done");
	}

	private void start(String... ids) {
		List<RegisteredHandler> handlers = new ArrayList<>();
		for (String id : ids) {
			handlers.add(handler(id, (event, delivery) -> record(delivery)));
		}
		startAll(handlers);
	}

	private void start(RegisteredHandler handler) {
		startAll(List.of(handler));
	}

	private void startAll(List<RegisteredHandler> handlers) {
		this.dispatcher = TestDispatchers.create(this.storage, new Handlers(handlers), this.clock,
				Duration.ofMillis(200));
		this.dispatcher.start();
		this.replayer = new Replayer(this.storage.replays(), this.storage.threads());
		this.replayer.start();
	}

	private void record(Delivery delivery) {
		this.handled.add(delivery);
		if (this.fails) {
			throw new UnrecoverableEventException("fails");
		}
	}

	private static RegisteredHandler handler(String id, EventHandler<Event> handler) {
		return new RegisteredHandler(id, OpenChat.class, handler, settings());
	}

	private static HandlerSettings settings() {
		return new HandlerSettings(3, Duration.ofSeconds(1), 3, Duration.ofHours(1), Duration.ZERO, List.of(),
				List.of(), Duration.ofSeconds(60), 4, Ordering.KEY, Map.of(), null, 0, Duration.ofSeconds(10),
				Duration.ofMinutes(1), 100);
	}

	private void store(String contact, int... numbers) {
		this.storage.inbox()
			.store(IntStream.of(numbers).mapToObj((number) -> ExampleEvents.openChat(contact, number)).toList());
	}

	private void storeEach(int contacts) {
		this.storage.inbox()
			.store(IntStream.range(0, contacts).mapToObj((i) -> ExampleEvents.openChat("c" + i, 1)).toList());
	}

	private Replay find(Replay replay) {
		return this.storage.replays().find(replay.id()).orElseThrow();
	}

	private void awaitDone(Replay replay, int deliveries) {
		await(() -> {
			assertThat(find(replay).status()).isEqualTo(ReplayStatus.DONE);
			assertThat(find(replay).deliveries()).isEqualTo(deliveries);
		});
	}

	private long dead(String handler) {
		return this.storage.backlog()
			.counts()
			.stream()
			.filter((count) -> count.handler().equals(handler) && count.status() == DeliveryStatus.DEAD)
			.mapToLong((count) -> count.deliveries())
			.sum();
	}

	private StoredDelivery delivery(long event, String handler) {
		return this.storage.events()
			.deliveries(event)
			.stream()
			.filter((delivery) -> delivery.handler().equals(handler))
			.findFirst()
			.orElseThrow();
	}

	private void awaitStatus(long event, String handler, String status) {
		await(() -> assertThat(delivery(event, handler).status().code()).isEqualTo(status));
	}

	private static void await(ThrowingRunnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20)).untilAsserted(assertion);
	}

}
