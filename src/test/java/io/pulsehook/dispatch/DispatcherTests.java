package io.pulsehook.dispatch;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.pulsehook.Delivery;
import io.pulsehook.EventHandler;
import io.pulsehook.UnrecoverableEventException;
import io.pulsehook.dispatch.handler.HandlerSettings;
import io.pulsehook.dispatch.handler.HandlerSettings.Ordering;
import io.pulsehook.dispatch.handler.Handlers;
import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.dispatch.lane.RunningDelivery;
import io.pulsehook.event.ChatbotEvent;
import io.pulsehook.event.Contact;
import io.pulsehook.event.Event;
import io.pulsehook.event.FailedDelivery;
import io.pulsehook.event.FlowWebhook;
import io.pulsehook.event.OpenChat;
import io.pulsehook.event.PaymentOrder;
import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.SettableClock;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.TestDatabase.Hindrance;
import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.inbox.model.EventStatus;
import io.pulsehook.inbox.query.StoredDelivery;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
@ParameterizedClass
@EnumSource(TestDatabase.class)
class DispatcherTests {

	@Parameter
	TestDatabase database;

	@TempDir
	Path directory;

	private final SettableClock clock = new SettableClock();

	private Duration grace = Duration.ofMillis(500);

	private final AtomicLong nanos = new AtomicLong();

	private final List<String> log = new CopyOnWriteArrayList<>();

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
	void runsEveryHandlerThatTakesTheType() {
		start(handler("leaf", OpenChat.class, settings(), (event, delivery) -> this.log.add("leaf")),
				handler("parent", ChatbotEvent.class, settings(), (event, delivery) -> this.log.add("parent")),
				handler("all", Event.class, settings(), (event, delivery) -> this.log.add("all")),
				handler("other", PaymentOrder.class, settings(), (event, delivery) -> this.log.add("other")));
		store("c", 1);
		await(() -> assertThat(this.log).containsExactlyInAnyOrder("leaf", "parent", "all"));
	}

	@Test
	void triesAgainWithGrowingPausesAndTheSameId() {
		List<Delivery> attempts = new CopyOnWriteArrayList<>();
		start(handler("h", OpenChat.class, settings(), (event, delivery) -> {
			attempts.add(delivery);
			if (delivery.attempt() < 3) {
				throw new IllegalStateException("not yet");
			}
		}));
		store("c", 1);
		awaitStatus(1, "h", "retrying", 1);
		this.clock.advance(Duration.ofMillis(999));
		awaitNothingNew(attempts, 1);
		this.clock.advance(Duration.ofMillis(1));
		awaitStatus(1, "h", "retrying", 2);
		this.clock.advance(Duration.ofMillis(2999));
		awaitNothingNew(attempts, 2);
		this.clock.advance(Duration.ofMillis(1));
		awaitStatus(1, "h", "done", 3);
		assertThat(attempts).extracting(Delivery::attempt).containsExactly(1, 2, 3);
		assertThat(attempts).extracting(Delivery::id).containsOnly(attempts.get(0).id());
	}

	@Test
	void givesUpAfterItsRetriesAndLetsTheKeyGoOn() {
		start(handler("h", OpenChat.class, settings(), (event, delivery) -> {
			if (number(event) == 1) {
				throw new IllegalStateException("never");
			}
			this.log.add("handled " + number(event));
		}));
		store("c", 1, 2);
		for (int attempt = 1; attempt <= 3; attempt++) {
			awaitStatus(1, "h", (attempt < 4) ? "retrying" : "dead", attempt);
			assertThat(this.log).isEmpty();
			this.clock.advance(Duration.ofHours(1));
		}
		awaitStatus(1, "h", "dead", 4);
		await(() -> assertThat(this.log).containsExactly("handled 2"));
		assertThat(delivery(1, "h").failures()).hasSize(4).allSatisfy((failed) -> {
			assertThat(failed.error()).isEqualTo("java.lang.IllegalStateException: never");
			assertThat(failed.stackTrace()).contains("DispatcherTests");
		});
	}

	@Test
	void tellsTheHandlerThatNoRetryIsLeft() {
		start(handler("h", OpenChat.class, settings(), (event, delivery) -> {
			this.log.add(delivery.attempt() + (delivery.isLastAttempt() ? " is the last" : ""));
			throw new IllegalStateException("never");
		}));
		store("c", 1);
		for (int attempt = 1; attempt <= 3; attempt++) {
			awaitStatus(1, "h", "retrying", attempt);
			this.clock.advance(Duration.ofHours(1));
		}
		awaitStatus(1, "h", "dead", 4);
		assertThat(this.log).containsExactly("1", "2", "3", "4 is the last");
	}

	@Test
	void takesAnUnrecoverableExceptionForTheLast() {
		start(handler("h", OpenChat.class, settings(), (event, delivery) -> {
			throw new UnrecoverableEventException("hopeless");
		}));
		store("c", 1);
		awaitStatus(1, "h", "dead", 1);
	}

	@Test
	void takesAnErrorForAFailedAttempt() {
		start(handler("h", OpenChat.class, settings(), (event, delivery) -> {
			if (delivery.attempt() == 1) {
				throw new StackOverflowError();
			}
			if (delivery.attempt() == 2) {
				throw new OutOfMemoryError("of the handler");
			}
			if (delivery.attempt() == 3) {
				throw new EvilException();
			}
		}));
		store("c", 1);
		for (int attempt = 1; attempt <= 3; attempt++) {
			awaitStatus(1, "h", "retrying", attempt);
			this.clock.advance(Duration.ofHours(1));
		}
		awaitStatus(1, "h", "done", 4);
	}

	@Test
	void runsAKeyInOrderAndOneAtATimeAndKeysInParallel() {
		Map<String, AtomicInteger> running = new ConcurrentHashMap<>();
		Map<String, List<Integer>> handled = new ConcurrentHashMap<>();
		CyclicBarrier fourAtOnce = new CyclicBarrier(4);
		start(handler("h", OpenChat.class, settings(), (event, delivery) -> {
			String contact = contact(event);
			if (running.computeIfAbsent(contact, (key) -> new AtomicInteger()).incrementAndGet() > 1) {
				this.log.add("two of " + contact + " at once");
			}
			if (number(event) == 0) {
				fourAtOnce.await(20, TimeUnit.SECONDS);
			}
			handled.computeIfAbsent(contact, (key) -> new CopyOnWriteArrayList<>()).add(number(event));
			running.get(contact).decrementAndGet();
		}));
		int[] numbers = IntStream.range(0, 50).toArray();
		for (int number : numbers) {
			for (String contact : List.of("a", "b", "c", "d")) {
				store(contact, number);
			}
		}
		await(() -> assertThat(handled.values()).hasSize(4).allSatisfy((list) -> assertThat(list).hasSize(50)));
		assertThat(handled.values())
			.allSatisfy((list) -> assertThat(list).containsExactlyElementsOf(IntStream.of(numbers).boxed().toList()));
		assertThat(this.log).isEmpty();
	}

	@Test
	void interruptsWhatTakesTooLongAndCountsItAsFailed() {
		CountDownLatch never = new CountDownLatch(1);
		start(handler("h", OpenChat.class, settings(), (event, delivery) -> {
			if (delivery.attempt() == 1) {
				never.await();
			}
			this.log.add("interrupted before: " + Thread.currentThread().isInterrupted());
		}));
		store("c", 1);
		awaitRunning(1);
		this.clock.advance(Duration.ofSeconds(61));
		awaitStatus(1, "h", "retrying", 1);
		assertThat(delivery(1, "h").failures()).singleElement()
			.satisfies((failed) -> assertThat(failed.error()).contains("TimeoutException"));
		this.clock.advance(Duration.ofHours(1));
		awaitStatus(1, "h", "done", 2);
		assertThat(this.log).containsExactly("interrupted before: false");
	}

	@Test
	void logsWhereALateHandlerWasAndWhatItThrew(CapturedOutput output) {
		CountDownLatch begun = new CountDownLatch(1);
		start(handler("h", OpenChat.class, settings(), (event, delivery) -> waitForEver(begun)));
		store("c", 1);
		awaitUninterruptibly(begun);
		this.clock.advance(Duration.ofSeconds(61));
		awaitStatus(1, "h", "retrying", 1);
		assertThat(output.toString().lines().dropWhile((line) -> !line.contains("failed on event 1")))
			.anySatisfy((line) -> assertThat(line).isEqualTo("java.util.concurrent.TimeoutException"))
			.anySatisfy((line) -> assertThat(line).isEqualTo("Suppressed: java.lang.InterruptedException"))
			.filteredOn((line) -> line.contains("DispatcherTests.waitForEver"))
			.as("Where it was, and where it threw")
			.hasSize(2);
		assertThat(output).as("It has returned").doesNotContain("its slot and its key stay taken");
	}

	@Test
	void logsWhereAHandlerStandsThatDoesNotReactToItsInterruption(CapturedOutput output) {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch stubborn = new CountDownLatch(1);
		start(handler("h", OpenChat.class, settings(), (event, delivery) -> waitStubbornly(begun, stubborn)));
		store("c", 1);
		awaitUninterruptibly(begun);
		this.clock.advance(Duration.ofSeconds(61));
		await(() -> {
			this.nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
			assertThat(output).contains("until it returns, its slot and its key stay taken");
		});
		assertThat(output.toString().lines().dropWhile((line) -> !line.contains("was interrupted on event 1")))
			.anySatisfy((line) -> assertThat(line).contains("DispatcherTests.waitStubbornly"));
		stubborn.countDown();
		awaitStatus(1, "h", "retrying", 1);
		assertThat(output).containsOnlyOnce("its slot and its key stay taken");
	}

	@Test
	void showsWhatDoesNotReactAsHungAndNeverRunsItBesideItself() {
		CountDownLatch stubborn = new CountDownLatch(1);
		AtomicInteger calls = new AtomicInteger();
		Dispatcher dispatcher = start(handler("h", OpenChat.class, settings(), (event, delivery) -> {
			calls.incrementAndGet();
			awaitUninterruptibly(stubborn);
		}), handler("healthy", OpenChat.class, settings(), (event, delivery) -> this.log.add("healthy")));
		store("c", 1);
		awaitStatus(1, "healthy", "done", 1);
		awaitRunning(1);
		Instant began = this.clock.instant();
		this.clock.advance(Duration.ofSeconds(61));
		await(() -> assertThat(dispatcher.running()).containsExactly(new RunningDelivery(1, "h", began, true)));
		store("c", 2);
		await(() -> assertThat(this.log).hasSize(2));
		assertThat(calls).hasValue(1);
		stubborn.countDown();
		awaitStatus(1, "h", "retrying", 1);
		await(() -> assertThat(dispatcher.running()).isEmpty());
	}

	@Test
	void doesNotLetASlowHandlerDelayAnother() {
		CountDownLatch slow = new CountDownLatch(1);
		start(handler("slow", OpenChat.class, settings(), (event, delivery) -> slow.await()),
				handler("fast", OpenChat.class, settings(), (event, delivery) -> this.log.add("fast")));
		for (int i = 0; i < 100; i++) {
			store("c" + i, 1);
		}
		await(() -> assertThat(this.log).hasSize(100));
		slow.countDown();
	}

	@Test
	void claimsNoMoreThanItCanRunSoon() {
		CountDownLatch slow = new CountDownLatch(1);
		Dispatcher dispatcher = start(handler("slow", OpenChat.class, settings(), (event, delivery) -> slow.await()));
		this.storage.inbox()
			.store(IntStream.range(0, 1000).mapToObj((number) -> ExampleEvents.openChat("c" + number, 1)).toList());
		await(() -> assertThat(dispatcher.running()).hasSize(8));
		assertThat(dispatcher.claimed()).isLessThanOrEqualTo(8 + 32);
		slow.countDown();
	}

	@Test
	void letsGoOfWhatWaitsBehindAHandlerThatWasFastAndStandsStill() {
		CountDownLatch still = new CountDownLatch(1);
		Dispatcher dispatcher = start(handler("h", OpenChat.class, settings(), (event, delivery) -> {
			if (number(event) == 2) {
				still.await();
			}
			this.log.add(contact(event));
		}));
		this.storage.inbox()
			.store(IntStream.range(0, 1000).mapToObj((number) -> ExampleEvents.openChat("a" + number, 1)).toList());
		await(() -> assertThat(this.log).hasSize(1000));
		this.storage.inbox()
			.store(IntStream.range(0, 1000).mapToObj((number) -> ExampleEvents.openChat("b" + number, 2)).toList());
		await(() -> assertThat(dispatcher.claimed()).isGreaterThan(8 + 32));
		await(() -> {
			this.nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
			assertThat(dispatcher.claimed()).isLessThanOrEqualTo(8 + 32);
		});
		still.countDown();
		await(() -> assertThat(this.log).hasSize(2000).doesNotHaveDuplicates());
	}

	@Test
	void runsAgainWhatHadNotEndedWhenItStopped() {
		CountDownLatch never = new CountDownLatch(1);
		EventHandler<OpenChat> handler = (event, delivery) -> {
			this.log.add(delivery.id() + " attempt " + delivery.attempt());
			if (this.log.size() == 1) {
				never.await();
			}
		};
		Dispatcher dispatcher = start(handler("h", OpenChat.class, settings(), handler));
		store("c", 1);
		awaitRunning(1);
		dispatcher.stop();
		assertThat(delivery(1, "h").status()).isEqualTo(DeliveryStatus.PENDING);
		dispatcher.start();
		awaitStatus(1, "h", "done", 1);
		assertThat(this.log).hasSize(2).containsOnly(this.log.get(0));
	}

	@Test
	void runsAgainWhatReturnedOnlyBecauseItWasInterruptedAtTheStop() {
		CountDownLatch never = new CountDownLatch(1);
		AtomicInteger calls = new AtomicInteger();
		Dispatcher dispatcher = start(handler("h", OpenChat.class, settings(), (event, delivery) -> {
			if (calls.incrementAndGet() == 1) {
				try {
					never.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}
		}));
		store("c", 1);
		awaitRunning(1);
		dispatcher.stop();
		dispatcher.start();
		awaitStatus(1, "h", "done", 1);
		assertThat(calls).hasValue(2);
	}

	@Test
	void neverRunsADeliveryBesideItsFormerSelfAfterAStopAndAStart() {
		CountDownLatch stubborn = new CountDownLatch(1);
		AtomicInteger calls = new AtomicInteger();
		Dispatcher dispatcher = start(handler("h", OpenChat.class, settings(), (event, delivery) -> {
			if (calls.incrementAndGet() == 1) {
				awaitUninterruptibly(stubborn);
			}
		}));
		store("c", 1);
		awaitRunning(1);
		dispatcher.stop();
		dispatcher.start();
		store("other", 1);
		awaitStatus(2, "h", "done", 1);
		assertThat(calls).hasValue(2);
		assertThat(delivery(1, "h").status()).isEqualTo(DeliveryStatus.PENDING);
		stubborn.countDown();
		awaitStatus(1, "h", "done", 1);
		assertThat(calls).hasValue(3);
	}

	@Test
	void letsWhatRunsEndWhenItStops() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch slow = new CountDownLatch(1);
		this.grace = Duration.ofSeconds(30);
		Dispatcher dispatcher = start(handler("h", OpenChat.class, settings(), (event, delivery) -> {
			begun.countDown();
			slow.await();
		}));
		store("c", 1);
		awaitUninterruptibly(begun);
		Thread stopping = new Thread(dispatcher::stop);
		stopping.start();
		await(() -> assertThat(stopping.getState()).isEqualTo(Thread.State.TIMED_WAITING));
		slow.countDown();
		stopping.join();
		awaitStatus(1, "h", "done", 1);
	}

	@Test
	void keepsDeliveriesOfAHandlerThatIsGoneUntilItIsBack(CapturedOutput output) {
		Dispatcher before = start(handler("crmSync", OpenChat.class, settings(), (event, delivery) -> {
			throw new IllegalStateException("not yet");
		}));
		store("c", 1);
		awaitStatus(1, "crmSync", "retrying", 1);
		before.stop();
		start(handler("other", PaymentOrder.class, settings(), (event, delivery) -> {
		})).stop();
		assertThat(output).contains("1 deliveries wait for the handler 'crmSync', which does not exist")
			.contains("[other]");
		this.clock.advance(Duration.ofHours(1));
		start(handler("crmSync", OpenChat.class, settings(), (event, delivery) -> this.log.add("back")));
		awaitStatus(1, "crmSync", "done", 2);
	}

	@Test
	void suggestsAHandlerOnceForATypeThatNobodyTakes(CapturedOutput output) {
		start(handler("h", PaymentOrder.class, settings(), (event, delivery) -> {
		}));
		store("c", 1, 2);
		store("c", 3);
		await(() -> assertThat(output).contains("EventHandler<OpenChat> myOpenChatHandler()"));
		assertThat(output.getAll().split("No handler receives OpenChat events", -1)).hasSize(2);
		assertThat(this.storage.events().find(1)).get()
			.satisfies((event) -> assertThat(event.status()).isEqualTo(EventStatus.UNHANDLED));
	}

	@Test
	void declaresDeadWhatItReadsAsAnotherTypeThanItWasStoredAs() {
		start(handler("h", OpenChat.class, settings(), (event, delivery) -> this.log.add("called")));
		this.storage.inbox()
			.store(List.of(ExampleEvents.event("OpenChat", "c", 1L, ExampleEvents.identity("x", false),
					"{\"title\":\"bot_block\"}")));
		awaitStatus(1, "h", "dead", 1);
		assertThat(delivery(1, "h").failures().get(0).error())
			.contains("stored as OpenChat, but this version reads it as BotBlock");
		assertThat(this.log).isEmpty();
	}

	@Test
	void handsOutAsAFlowWebhookWhatAVersionBeforeStoredAsThat() {
		start(handler("flow", FlowWebhook.class, settings(), this::logType),
				handler("parent", ChatbotEvent.class, settings(), this::logType),
				handler("leaf", FailedDelivery.class, settings(), this::logType));
		this.storage.inbox().store(List.of(ExampleEvents.failedDelivery("FlowWebhook", 1)));
		await(() -> assertThat(this.log).containsExactlyInAnyOrder("flow FlowWebhook", "parent FlowWebhook",
				"leaf FailedDelivery"));
		this.log.clear();
		this.storage.inbox().store(List.of(ExampleEvents.failedDelivery("FailedDelivery", 2)));
		await(() -> assertThat(this.log).containsExactlyInAnyOrder("parent FailedDelivery", "leaf FailedDelivery"));
		assertThat(this.storage.backlog().dead()).isEmpty();
	}

	private void logType(Event event, Delivery delivery) {
		this.log.add(delivery.handler() + " " + event.getClass().getSimpleName());
	}

	@Test
	void tellsAHandlerThatItsOrderHasALaterState() {
		List<Boolean> superseded = new CopyOnWriteArrayList<>();
		start(handler("h", PaymentOrder.class, settings(), (event, delivery) -> superseded.add(delivery.superseded())));
		this.storage.inbox().store(List.of(ExampleEvents.order("o", "2026-01-01T10:00:02Z", 200)));
		awaitStatus(1, "h", "done", 1);
		this.storage.inbox().store(List.of(ExampleEvents.order("o", "2026-01-01T10:00:01Z", 101)));
		awaitStatus(2, "h", "done", 1);
		assertThat(superseded).containsExactly(false, true);
	}

	@Test
	void goesOnWhenAnEventIsErasedWhileItsHandlerRuns() {
		CountDownLatch slow = new CountDownLatch(1);
		start(handler("h", OpenChat.class, settings(), (event, delivery) -> {
			this.log.add("begins " + number(event));
			slow.await();
			throw new UnrecoverableEventException("about a person");
		}));
		store("c", 1, 2);
		await(() -> assertThat(this.log).containsExactly("begins 1"));
		assertThat(this.storage.erasure().erase("c", (body) -> null).deliveries()).isEqualTo(2);
		slow.countDown();
		store("c", 3);
		awaitStatus(3, "h", "dead", 1);
		assertThat(this.log).containsExactly("begins 1", "begins 3");
		assertThat(this.storage.events().deliveries(1)).isEmpty();
	}

	@Test
	void doesNotTakeALateCommitForATimeout(CapturedOutput output) throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch locked = new CountDownLatch(1);
		start(handler("h", OpenChat.class, settings(), (event, delivery) -> {
			begun.countDown();
			awaitUninterruptibly(locked);
			this.log.add("handled");
		}));
		store("c", 1);
		awaitUninterruptibly(begun);
		try (Hindrance turn = this.database.holdTurn(this.directory)) {
			locked.countDown();
			await(() -> assertThat(this.log).hasSize(1));
			this.clock.advance(Duration.ofSeconds(61));
			awaitNothingNew(this.log, 1);
		}
		awaitStatus(1, "h", "done", 1);
		assertThat(output).doesNotContain("was interrupted").doesNotContain("failed on event");
	}

	@Test
	void logsNoMessageOfAnException(CapturedOutput output) {
		start(handler("h", OpenChat.class, settings(), (event, delivery) -> {
			throw new IllegalStateException("secret text", new IllegalArgumentException("secret cause"));
		}));
		store("c", 1);
		awaitStatus(1, "h", "retrying", 1);
		assertThat(output).contains("java.lang.IllegalStateException")
			.contains("Caused by: java.lang.IllegalArgumentException")
			.contains("tried again in PT1S. The exception's message is shown at event 1.")
			.doesNotContain("secret");
	}

	private Dispatcher start(RegisteredHandler... handlers) {
		Dispatcher dispatcher = TestDispatchers.create(this.storage, new Handlers(List.of(handlers)), this.clock,
				this.nanos::get, this.grace);
		this.started.add(dispatcher);
		dispatcher.start();
		return dispatcher;
	}

	@SuppressWarnings("unchecked")
	private static <E extends Event> RegisteredHandler handler(String id, Class<E> type, HandlerSettings settings,
			EventHandler<? super E> handler) {
		return new RegisteredHandler(id, type, (EventHandler<Event>) (EventHandler<?>) handler, settings);
	}

	private static HandlerSettings settings() {
		return new HandlerSettings(3, Duration.ofSeconds(1), 3, Duration.ofHours(1), Duration.ZERO, List.of(),
				List.of(), Duration.ofSeconds(60), 8, Ordering.KEY, Map.of(), null, 0, Duration.ofSeconds(10),
				Duration.ofMinutes(1), 100);
	}

	private void store(String contact, int... numbers) {
		this.storage.inbox()
			.store(IntStream.of(numbers).mapToObj((number) -> ExampleEvents.openChat(contact, number)).toList());
	}

	private static String contact(ChatbotEvent event) {
		return Objects.requireNonNull(Objects.requireNonNull(event.contact()).id());
	}

	private static int number(ChatbotEvent event) {
		Contact contact = Objects.requireNonNull(event.contact());
		return Integer.parseInt(Objects.requireNonNull(contact.name()));
	}

	private StoredDelivery delivery(long event, String handler) {
		return this.storage.events()
			.deliveries(event)
			.stream()
			.filter((delivery) -> delivery.handler().equals(handler))
			.findFirst()
			.orElseThrow();
	}

	private void awaitStatus(long event, String handler, String status, int attempts) {
		await(() -> {
			StoredDelivery delivery = delivery(event, handler);
			assertThat(Set.of(delivery.status().code(), delivery.attempts())).isEqualTo(Set.of(status, attempts));
		});
	}

	private void awaitRunning(int deliveries) {
		await(() -> assertThat(this.started.get(this.started.size() - 1).running())
			.hasSizeGreaterThanOrEqualTo(deliveries));
	}

	// Waits long enough for the dispatcher to look for deliveries several times.
	private static void awaitNothingNew(List<?> list, int size) {
		Awaitility.await()
			.during(Duration.ofMillis(200))
			.atMost(Duration.ofSeconds(5))
			.untilAsserted(() -> assertThat(list).hasSize(size));
	}

	private static void await(org.awaitility.core.ThrowingRunnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(10)).untilAsserted(assertion);
	}

	private static void waitForEver(CountDownLatch begun) throws InterruptedException {
		begun.countDown();
		new CountDownLatch(1).await();
	}

	private static void waitStubbornly(CountDownLatch begun, CountDownLatch latch) {
		begun.countDown();
		awaitUninterruptibly(latch);
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		while (latch.getCount() > 0) {
			try {
				latch.await();
			}
			catch (InterruptedException ex) {
				// This handler must not react to an interrupt.
			}
		}
	}

	static class EvilException extends RuntimeException {

		@Override
		public String toString() {
			throw new IllegalStateException("no string for you");
		}

		@Override
		public String getMessage() {
			throw new IllegalStateException("no message for you");
		}

	}

}
