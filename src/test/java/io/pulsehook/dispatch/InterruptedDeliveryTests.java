package io.pulsehook.dispatch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

import io.pulsehook.EventHandler;
import io.pulsehook.dispatch.attempt.AttemptListener.Attempt;
import io.pulsehook.dispatch.attempt.AttemptListener.Result;
import io.pulsehook.dispatch.handler.HandlerSettings;
import io.pulsehook.dispatch.handler.HandlerSettings.Ordering;
import io.pulsehook.dispatch.handler.Handlers;
import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.event.Event;
import io.pulsehook.event.OpenChat;
import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.SettableClock;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.model.ClaimRequest;
import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.model.Traffic;
import io.pulsehook.inbox.query.StoredDelivery;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what becomes of deliveries whose handler was at work when the process ended.
 */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class InterruptedDeliveryTests {

	@Parameter
	TestDatabase database;

	@TempDir
	Path directory;

	private final SettableClock clock = new SettableClock();

	private final List<String> log = new CopyOnWriteArrayList<>();

	private final List<Attempt> told = new CopyOnWriteArrayList<>();

	private final List<Dispatcher> started = new ArrayList<>();

	private Storage storage;

	@BeforeEach
	void open() {
		this.storage = this.database.open(this.directory, this.clock);
	}

	@AfterEach
	void close() throws Exception {
		this.started.forEach(Dispatcher::stop);
		this.storage.close();
	}

	@Test
	void isADeadLetterLikeAnyOtherAfterThreeEndsAndLetsItsKeyGoOn() throws Exception {
		storeWithoutRunning("c", 1, 2);
		interrupt(1, 3);
		start(handler("h", (event, delivery) -> this.log.add(delivery.id())));
		await(() -> assertThat(delivery(1).status()).isEqualTo(DeliveryStatus.DEAD));
		await(() -> assertThat(delivery(2).status()).isEqualTo(DeliveryStatus.DONE));
		assertThat(this.log).singleElement().asString().startsWith("2-");
		assertThat(delivery(1).failures()).singleElement()
			.satisfies((failure) -> assertThat(failure.error())
				.contains("The process ended 3 times while the handler was at work on this"));
		await(() -> assertThat(this.told).extracting(Attempt::result).containsExactly(Result.DEAD, Result.DONE));
		assertThat(this.database.number(this.directory, "select count(*) from pulsehook_interruption")).isZero();
		this.storage.replays().create(1, Set.of("h"), false);
		Replayer replayer = new Replayer(this.storage.replays(), this.storage.threads());
		replayer.start();
		await(() -> assertThat(delivery(1).status()).isEqualTo(DeliveryStatus.DONE));
		replayer.stop();
		assertThat(this.log).hasSize(2).last().asString().startsWith("1-");
	}

	@Test
	void runsAgainAfterTwoEndsAndIsForgottenWhenItIsDone() throws Exception {
		storeWithoutRunning("c", 1);
		interrupt(1, 2);
		start(handler("h", (event, delivery) -> {
			this.log.add("attempt " + delivery.attempt());
			if (delivery.attempt() == 1) {
				throw new IllegalStateException();
			}
		}));
		await(() -> assertThat(delivery(1).status()).isEqualTo(DeliveryStatus.RETRYING));
		assertThat(this.database.number(this.directory, "select times from pulsehook_interruption")).isEqualTo(2);
		this.clock.advance(Duration.ofHours(1));
		await(() -> assertThat(delivery(1).status()).isEqualTo(DeliveryStatus.DONE));
		assertThat(this.log).containsExactly("attempt 1", "attempt 2");
		assertThat(this.database.number(this.directory, "select count(*) from pulsehook_interruption")).isZero();
	}

	@Test
	void isNotCountedInALaterRun() throws Exception {
		storeWithoutRunning("c", 1);
		interrupt(1, 3);
		this.database.execute(this.directory, "update pulsehook_delivery set run = 2");
		start(handler("h", (event, delivery) -> this.log.add("run " + delivery.run())));
		await(() -> assertThat(this.log).containsExactly("run 2"));
	}

	@Test
	void runsBesideOthersButNotBesideAnotherOne() throws Exception {
		int events = 12;
		for (int event = 1; event <= events; event++) {
			storeWithoutRunning("c" + event, 1);
		}
		for (int event = 1; event <= events / 2; event++) {
			interrupt(event, 2);
		}
		AtomicInteger running = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		start(handler("h", (event, delivery) -> {
			if (Integer.parseInt(delivery.id().split("-")[0]) <= events / 2) {
				most.accumulateAndGet(running.incrementAndGet(), Math::max);
				Awaitility.await().pollDelay(Duration.ofMillis(20)).until(() -> true);
				running.decrementAndGet();
			}
			this.log.add(delivery.id());
		}));
		await(() -> assertThat(this.log).hasSize(events).doesNotHaveDuplicates());
		assertThat(most).hasValue(1);
	}

	@Test
	void runsLikeAnythingElseAfterOneEnd() throws Exception {
		int events = 8;
		for (int event = 1; event <= events; event++) {
			storeWithoutRunning("c" + event, 1);
			interrupt(event, 1);
		}
		CountDownLatch beside = new CountDownLatch(events);
		start(handler("h", (event, delivery) -> {
			beside.countDown();
			beside.await();
			this.log.add(delivery.id());
		}));
		await(() -> assertThat(this.log).hasSize(events).doesNotHaveDuplicates());
	}

	@Test
	void keepsThoseOfOtherHandlersWaitingNeitherBesideOneThatHangsNorInTurns() throws Exception {
		storeFor(List.of("hangs", "h"),
				IntStream.range(0, 3).mapToObj((n) -> ExampleEvents.openChat("c" + n, 1)).toList());
		interrupt(1, "hangs", 1);
		interrupt(1, "h", 1);
		for (int event = 2; event <= 3; event++) {
			interrupt(event, "hangs", 2);
			interrupt(event, "h", 2);
		}
		CountDownLatch end = new CountDownLatch(1);
		EventHandler<OpenChat> logging = (event, delivery) -> this.log.add(delivery.id());
		start(handler("hangs", (event, delivery) -> {
			this.log.add(delivery.id());
			if (delivery.id().startsWith("1-")) {
				end.await();
			}
		}), handler("h", logging));
		await(() -> assertThat(this.log).hasSize(6));
		end.countDown();
		List<String> singly = this.log.stream().filter((id) -> !id.startsWith("1-")).toList();
		assertThat(singly).extracting((id) -> id.split("-")[2]).containsExactly("hangs", "h", "hangs", "h");
	}

	@Test
	void beginsAlthoughItsHandlerHasABacklog() throws Exception {
		int backlog = 3_000;
		storeFor(List.of("h"),
				IntStream.range(0, backlog).mapToObj((n) -> ExampleEvents.openChat("c" + n, 1)).toList());
		// The two newest deliveries are the interrupted ones: all others have been due
		// for longer.
		interrupt(backlog, 2);
		interrupt(backlog - 1, 2);
		start(handler("h", (event, delivery) -> {
			this.log.add(delivery.id());
			Thread.sleep(2);
		}));
		await(() -> assertThat(this.log).hasSizeGreaterThanOrEqualTo(backlog));
		for (int suspect = backlog - 1; suspect <= backlog; suspect++) {
			String prefix = suspect + "-";
			assertThat(this.log.stream().takeWhile((id) -> !id.startsWith(prefix)).count()).isLessThan(backlog / 2);
		}
	}

	@Test
	void keepsNoOtherOneWaitingIfThereIsNoThreadForIt() throws Exception {
		storeWithoutRunning("c", 1);
		storeWithoutRunning("d", 1);
		interrupt(1, 2);
		interrupt(2, 2);
		AtomicInteger missing = new AtomicInteger(1);
		// The dispatcher's thread inherits this value from the test's, and a handler's
		// thread from the dispatcher's.
		InheritableThreadLocal<String> scarcity = new InheritableThreadLocal<>() {

			@Override
			protected String childValue(String parent) {
				if (isForHandler() && missing.getAndDecrement() > 0) {
					throw new OutOfMemoryError("unable to create native thread");
				}
				return parent;
			}

		};
		scarcity.set("scarce");
		try {
			start(handler("h", (event, delivery) -> this.log.add(delivery.id())));
		}
		finally {
			scarcity.remove();
		}
		await(() -> {
			this.clock.advance(Duration.ofSeconds(1));
			assertThat(this.log).hasSize(2);
		});
		assertThat(missing).hasNonPositiveValue();
	}

	private static boolean isForHandler() {
		return StackWalker.getInstance()
			.walk((frames) -> frames
				.anyMatch((frame) -> frame.getClassName().equals(CustomizableThreadFactory.class.getName())));
	}

	@Test
	void isLookedForOnlyWhenItIsDue() throws Exception {
		storeWithoutRunning("c", 1, 2);
		interrupt(1, 1);
		assertThat(due()).isZero();
		this.database.execute(this.directory, "update pulsehook_interruption set times = 2");
		assertThat(due()).isEqualTo(1);
		this.clock.advance(Duration.ofSeconds(-1));
		assertThat(due()).isZero();
		this.clock.advance(Duration.ofSeconds(1));
		DueDelivery taken = this.storage.deliveries()
			.claim(new ClaimRequest("h", Traffic.LIVE, this.clock.instant(), 1, true), (event) -> false)
			.deliveries()
			.get(0);
		assertThat(due()).as("What one replica has, no other one looks for")
			.isEqualTo((this.database == TestDatabase.SQLITE) ? 1 : 0);
		this.storage.deliveries().giveBack(List.of(taken)).join();
		assertThat(due()).isEqualTo(1);
		this.database.execute(this.directory,
				"update pulsehook_delivery set status = 'done', finished_at = 1, due_at = null where event_id = 1");
		assertThat(due()).isZero();
	}

	@Test
	void isCountedWhileItWaitsForItsTurn() throws Exception {
		storeWithoutRunning("c", 1);
		storeWithoutRunning("d", 1);
		interrupt(1, 2);
		interrupt(2, 2);
		CountDownLatch end = new CountDownLatch(1);
		Dispatcher dispatcher = start(handler("h", (event, delivery) -> {
			this.log.add(delivery.id());
			end.await();
		}));
		await(() -> assertThat(this.log).hasSize(1));
		await(() -> assertThat(dispatcher.interrupted()).isBetween(1, 2));
		end.countDown();
		await(() -> assertThat(this.log).hasSize(2));
		await(() -> assertThat(dispatcher.interrupted()).isZero());
	}

	private int due() {
		return this.storage.deliveries().nextDue("h", this.clock.instant()).interrupted();
	}

	// Counts interruptions of the event's deliveries, as if the process had ended so
	// often during them.
	private void interrupt(long event, int times) throws Exception {
		interrupt(event, "h", times);
	}

	private void interrupt(long event, String handler, int times) throws Exception {
		this.database.execute(this.directory, "insert into pulsehook_interruption (event_id, handler, run, times) "
				+ "values (%d, '%s', 1, %d)".formatted(event, handler, times));
	}

	private void storeFor(List<String> handlers, List<NewEvent> events) {
		this.storage.inbox().subscribe(handlers.stream().map((id) -> handler(id, (event, delivery) -> {
		}).subscription()).toList(), (arrivals) -> {
		});
		this.storage.inbox().store(events);
	}

	private void storeWithoutRunning(String contact, int... numbers) {
		storeFor(List.of("h"),
				IntStream.of(numbers).mapToObj((number) -> ExampleEvents.openChat(contact, number)).toList());
	}

	private Dispatcher start(RegisteredHandler... handlers) {
		Dispatcher dispatcher = TestDispatchers.create(this.storage, new Handlers(List.of(handlers)), this.clock,
				Duration.ofMillis(500));
		dispatcher.listen(this.told::add);
		this.started.add(dispatcher);
		dispatcher.start();
		return dispatcher;
	}

	@SuppressWarnings("unchecked")
	private static RegisteredHandler handler(String id, EventHandler<OpenChat> handler) {
		return new RegisteredHandler(id, OpenChat.class, (EventHandler<Event>) (EventHandler<?>) handler,
				new HandlerSettings(3, Duration.ofSeconds(1), 3, Duration.ofHours(1), Duration.ZERO, List.of(),
						List.of(), Duration.ofSeconds(60), 8, Ordering.KEY, Map.of(), null, 0, Duration.ofSeconds(10),
						Duration.ofMinutes(1), 100));
	}

	private StoredDelivery delivery(long event) {
		return Objects.requireNonNull(this.storage.events().deliveries(event).get(0));
	}

	private static void await(ThrowingRunnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10)).untilAsserted(assertion);
	}

}
