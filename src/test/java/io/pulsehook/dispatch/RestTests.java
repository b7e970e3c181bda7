package io.pulsehook.dispatch;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
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
import io.pulsehook.RetryLaterException;
import io.pulsehook.UnrecoverableEventException;
import io.pulsehook.dispatch.handler.HandlerSettings;
import io.pulsehook.dispatch.handler.HandlerSettings.Ordering;
import io.pulsehook.dispatch.handler.Handlers;
import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.event.Contact;
import io.pulsehook.event.Event;
import io.pulsehook.event.OpenChat;
import io.pulsehook.event.PaymentOrder;
import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.SettableClock;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.inbox.model.HandlerState;
import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.query.StoredDelivery;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a handler rests while it, or what it needs, does not work.
 */
@ParameterizedClass
@EnumSource(TestDatabase.class)
@ExtendWith(OutputCaptureExtension.class)
class RestTests {

	@Parameter
	TestDatabase database;

	@TempDir
	Path directory;

	private final SettableClock clock = new SettableClock();

	private final List<String> calls = new CopyOnWriteArrayList<>();

	private final List<String> done = new CopyOnWriteArrayList<>();

	private final AtomicInteger ended = new AtomicInteger();

	private final List<Dispatcher> started = new ArrayList<>();

	private volatile boolean down = true;

	private int breaker = 20;

	private int concurrency = 8;

	private int signals;

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
	void losesNothingWhileWhatItNeedsIsDownForAnHour(CapturedOutput log) {
		beDown(Duration.ofHours(1), 200, 75);
		assertThat(log.getAll().lines().filter((line) -> line.contains("Handler 'h' rests until"))).hasSize(1);
		assertThat(log.getAll().lines().filter((line) -> line.contains("Handler 'h' works again"))).hasSize(1);
		assertThat(log.getAll()).contains("because of java.lang.IllegalStateException;").doesNotContain("secret");
	}

	@Test
	@Tag("thorough")
	void losesNothingWhileWhatItNeedsIsDownForTwelveHours() {
		beDown(Duration.ofHours(12), 1000, 750);
	}

	private void beDown(Duration time, int contacts, int mostProbes) {
		store(contacts, 1);
		store(contacts / 10, 2);
		start(this::crm);
		awaitRest();
		int before = this.calls.size();
		// The threads go on while the first of them decides, for which classes may have
		// to be loaded.
		assertThat(before).as("What its threads were at").isBetween(20, contacts / 2);
		Instant end = this.clock.instant().plus(time);
		while (this.clock.instant().isBefore(end)) {
			probe();
		}
		int probes = this.calls.size() - before;
		assertThat(probes).isLessThanOrEqualTo(mostProbes);
		assertThat(count("status = 'dead'")).isZero();
		assertThat(count("put_offs > 1")).as("Each probe was another delivery")
			.isLessThanOrEqualTo(Math.max(0, probes + 8 - contacts));
		this.down = false;
		probe();
		await(() -> assertThat(this.done).hasSize(contacts + contacts / 10));
		await(() -> assertThat(state()).isEqualTo(HandlerState.RUNNING));
		assertThat(this.calls).hasSize(before + probes + contacts + contacts / 10);
		assertThat(this.done.stream().filter((call) -> call.startsWith("c0/"))).containsExactly("c0/1", "c0/2");
		await(() -> assertThat(count("status <> 'done'")).isZero());
	}

	@Test
	void letsABugEndInDeadLettersAfterADayAndTheRetries(CapturedOutput log) {
		int contacts = 300;
		store(contacts, 1);
		start(this::crm);
		awaitRest();
		for (int i = 0; i < 30 && state().isResting(); i++) {
			assertThat(count("status = 'dead'")).isZero();
			this.clock.advance(Duration.ofMinutes(50));
			probe();
		}
		assertThat(state().isExhausted()).isTrue();
		await(() -> {
			this.clock.advance(Duration.ofMinutes(10));
			signal();
			assertThat(count("status = 'dead'")).isEqualTo(contacts);
		});
		assertThat(count("attempts - put_offs <> 4")).as("Each had its retries").isZero();
		assertThat(state().isExhausted()).isTrue();
		assertThat(log.getAll().lines().filter((line) -> line.contains("Handler 'h' has rested since"))).hasSize(1);
		this.down = false;
		store(1, 2);
		await(() -> assertThat(state()).isEqualTo(HandlerState.RUNNING));
	}

	@Test
	void goesOnBesideOneContactThatAlwaysFails() {
		this.down = false;
		store("poison", 1);
		store(100, 1);
		start(this::crm);
		await(() -> assertThat(this.done).hasSize(100));
		await(() -> {
			this.clock.advance(Duration.ofMinutes(1));
			signal();
			assertThat(count("status = 'dead'")).isOne();
		});
		assertThat(state()).isEqualTo(HandlerState.RUNNING);
	}

	@Test
	void isNotKeptFromItsWorkByOneContactThatAlwaysFails() {
		store("poison", 1);
		store(100, 1);
		start(this::crm);
		awaitRest();
		this.down = false;
		for (int i = 0; i < 40 && state().isResting(); i++) {
			probe();
		}
		await(() -> assertThat(this.done).hasSize(100));
		await(() -> assertThat(count("status = 'retrying'")).isOne());
	}

	@Test
	void givesUpADeliveryThatIsPutOffForADayAndItsRetries() {
		this.down = false;
		store("later", 1);
		start(this::crm);
		awaitRest();
		for (int i = 0; i < 40 && count("status = 'dead'") == 0; i++) {
			this.clock.advance(Duration.ofHours(1));
			signal();
			int attempts = i + 2;
			await(() -> assertThat(delivery(1).attempts()).isEqualTo(attempts));
			store("c" + i, 1);
		}
		StoredDelivery delivery = delivery(1);
		assertThat(delivery.status()).isEqualTo(DeliveryStatus.DEAD);
		assertThat(count("event_id = 1 and attempts - put_offs = 4 and put_offs between 23 and 26")).isOne();
	}

	@Test
	void beginsNothingBeforeTheTimeThatWasAskedForAndSpendsNoRetry() {
		this.down = false;
		store("later", 1);
		store("later", 2);
		start(this::crm);
		awaitRest();
		HandlerState.Rest rest = Objects.requireNonNull(state().rest());
		assertThat(rest.until()).isEqualTo(this.clock.instant().plus(Duration.ofHours(1)));
		assertThat(rest.reason()).isEqualTo("io.pulsehook.RetryLaterException");
		store(50, 1);
		this.clock.advance(Duration.ofHours(1).minusMillis(1));
		signal();
		awaitNothingNew();
		assertThat(this.calls).containsExactly("later/1");
		this.clock.advance(Duration.ofMillis(1));
		signal();
		await(() -> assertThat(this.calls).hasSizeGreaterThan(1));
		assertThat(count("event_id = 1 and attempts - put_offs = 0")).isOne();
	}

	@Test
	void makesWhatIsInBackoffDueAfterALongRest() {
		store(40, 1);
		start(this::crm);
		awaitRest();
		this.clock.advance(Duration.ofMinutes(2));
		signal();
		await(() -> assertThat(Objects.requireNonNull(state().rest()).probes()).isOne());
		setDue(this.clock.instant().plus(Duration.ofHours(5)));
		this.down = false;
		probe();
		await(() -> assertThat(this.done).hasSize(40));
	}

	@Test
	void doesNotProbeWhileItIsPaused() {
		store(40, 1);
		Dispatcher dispatcher = start(this::crm);
		awaitRest();
		int before = this.calls.size();
		dispatcher.pause("h");
		this.clock.advance(Duration.ofMinutes(2));
		signal();
		awaitNothingNew();
		assertThat(this.calls).hasSize(before);
		this.down = false;
		dispatcher.resume("h");
		await(() -> assertThat(this.done).hasSize(40));
	}

	@Test
	void restsOnAfterARestart() throws Exception {
		store(40, 1);
		Dispatcher first = start(this::crm);
		awaitRest();
		first.stop();
		this.storage.close();
		open();
		int before = this.calls.size();
		start(this::crm);
		awaitNothingNew();
		assertThat(this.calls).hasSize(before);
		this.down = false;
		probe();
		await(() -> assertThat(this.done).hasSize(40));
	}

	@Test
	void triesTheNextDeliveryAtOnceAfterOneThatCannotSucceed() {
		store("unrecoverable", 1);
		store(40, 1);
		start(this::crm);
		awaitRest();
		store("unrecoverable", 2);
		store("unrecoverable", 3);
		setDue(this.clock.instant().plus(Duration.ofDays(1)), "event_id between 2 and 41 and due_at is not null");
		this.clock.advance(Duration.ofSeconds(2));
		signal();
		await(() -> assertThat(count("status = 'dead'")).isEqualTo(3));
		assertThat(state().isResting()).isTrue();
	}

	@Test
	void neverRestsForFailuresAloneWithoutABreaker() {
		this.breaker = 0;
		store(100, 1);
		start(this::crm);
		await(() -> assertThat(count("attempts = 1 and put_offs = 0")).isEqualTo(100));
		assertThat(state()).isEqualTo(HandlerState.RUNNING);
	}

	@Test
	void endsARestThatWasAskedForWithAnyOtherFailureWithoutABreaker() {
		this.breaker = 0;
		store("later", 1);
		start(this::crm);
		awaitRest();
		this.down = true;
		store("c", 1);
		setDue(this.clock.instant().plus(Duration.ofDays(1)), "event_id = 1 and due_at is not null");
		this.clock.advance(Duration.ofHours(1));
		signal();
		// The end of the rest makes both due. The other one asks for the next rest,
		// during which this one may be put off.
		await(() -> assertThat(count("event_id = 2 and attempts - put_offs > 0")).isOne());
		await(() -> assertThat(state().rest()).extracting(HandlerState.Rest::since).isEqualTo(this.clock.instant()));
	}

	@Test
	void triesAnotherDeliveryIfTheOneThatIsTriedHangs() {
		CountDownLatch end = new CountDownLatch(1);
		AtomicBoolean hangs = new AtomicBoolean();
		store(40, 1);
		start((event, delivery) -> {
			if (hangs.get()) {
				this.calls.add("hangs");
				awaitStubbornly(end);
				return;
			}
			crm(event, delivery);
		});
		awaitRest();
		int before = this.calls.size();
		probe();
		assertThat(this.calls).hasSizeGreaterThan(before);
		hangs.set(true);
		for (int hanging = 1; hanging <= 2; hanging++) {
			int hang = hanging;
			await(() -> {
				this.clock.advance(Duration.ofSeconds(61));
				signal();
				assertThat(this.calls.stream().filter("hangs"::equals).count()).isGreaterThanOrEqualTo(hang);
			});
		}
		end.countDown();
	}

	@Test
	void isNotCalledOnceBetweenItsWordAndTheTimeThatItAskedFor() {
		AtomicBoolean resting = new AtomicBoolean();
		AtomicInteger wrong = new AtomicInteger();
		this.concurrency = 1;
		store(500, 1);
		start((event, delivery) -> {
			if (resting.get()) {
				wrong.incrementAndGet();
			}
			this.calls.add(name(event));
			if (this.calls.size() % 2 == 0) {
				resting.set(true);
				throw new RetryLaterException(Duration.ofSeconds(2));
			}
		});
		for (int i = 0; i < 30; i++) {
			awaitRest();
			store("new" + i, 1);
			int before = this.calls.size();
			assertThat(before).isEqualTo(2 + 2 * i);
			resting.set(false);
			this.clock.advance(Duration.ofSeconds(2));
			signal();
			await(() -> assertThat(this.calls).hasSize(before + 2));
		}
		assertThat(wrong).hasValue(0);
		assertThat(count("attempts > put_offs and status <> 'done'")).isZero();
	}

	private void awaitIdle() {
		await(() -> assertThat(this.started.get(this.started.size() - 1).claimed()).isZero());
	}

	private void crm(OpenChat event, Delivery delivery) {
		String name = name(event);
		this.calls.add(name);
		if (name.startsWith("later/1")) {
			throw new RetryLaterException(Duration.ofHours(1));
		}
		if (name.startsWith("unrecoverable")) {
			throw new UnrecoverableEventException("never");
		}
		if (this.down || name.startsWith("poison")) {
			throw new IllegalStateException("secret");
		}
		this.done.add(name);
	}

	private static String name(OpenChat event) {
		Contact contact = Objects.requireNonNull(event.contact());
		return contact.id() + "/" + contact.name();
	}

	// Lets the rest end for one delivery, and waits until its outcome is on disk and
	// known.
	private void probe() {
		HandlerState before = state();
		int endedBefore = this.ended.get();
		Instant until = Objects.requireNonNull(before.restsUntil());
		if (until.isAfter(this.clock.instant())) {
			this.clock.advance(Duration.between(this.clock.instant(), until));
		}
		signal();
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(1))
			.until(() -> this.ended.get() > endedBefore && !state().equals(before));
	}

	// Makes the dispatcher look at the clock at once: something has happened elsewhere.
	private void signal() {
		this.storage.inbox().store(List.of(ExampleEvents.order("o", "2026-01-01T10:00:00Z", ++this.signals)));
	}

	private void awaitRest() {
		await(() -> assertThat(state().isResting()).isTrue());
		awaitIdle();
	}

	private HandlerState state() {
		return this.storage.subscribers().states().getOrDefault("h", HandlerState.RUNNING);
	}

	private void awaitNothingNew() {
		int size = this.calls.size();
		Awaitility.await()
			.during(Duration.ofMillis(200))
			.atMost(Duration.ofSeconds(5))
			.untilAsserted(() -> assertThat(this.calls).hasSize(size));
	}

	private void store(int contacts, int number) {
		store(IntStream.range(0, contacts)
			.mapToObj((contact) -> ExampleEvents.openChat("c" + contact, number))
			.toList());
	}

	private void store(String contact, int number) {
		store(List.of(ExampleEvents.openChat(contact, number)));
	}

	// Subscribes first, so that deliveries are made before the dispatcher runs.
	private void store(List<NewEvent> events) {
		if (this.started.isEmpty()) {
			this.storage.inbox().subscribe(List.of(handler(this::crm).subscription()), (arrivals) -> {
			});
		}
		this.storage.inbox().store(events);
	}

	private Dispatcher start(EventHandler<OpenChat> handler) {
		Dispatcher dispatcher = TestDispatchers.create(this.storage,
				new Handlers(List.of(handler(handler), signalled())), this.clock, Duration.ofSeconds(5));
		dispatcher.listen((attempt) -> {
			if (attempt.handler().equals("h")) {
				this.ended.incrementAndGet();
			}
		});
		this.started.add(dispatcher);
		dispatcher.start();
		if (!state().isResting()) {
			await(() -> assertThat(this.calls).isNotEmpty());
		}
		return dispatcher;
	}

	@SuppressWarnings("unchecked")
	private RegisteredHandler handler(EventHandler<OpenChat> handler) {
		return new RegisteredHandler("h", OpenChat.class, (EventHandler<Event>) (EventHandler<?>) handler,
				settings(this.breaker));
	}

	private RegisteredHandler signalled() {
		return new RegisteredHandler("signal", PaymentOrder.class, (event, delivery) -> {
		}, settings(0));
	}

	private HandlerSettings settings(int breaker) {
		return new HandlerSettings(3, Duration.ofSeconds(1), 3, Duration.ofHours(1), Duration.ZERO, List.of(),
				List.of(), Duration.ofSeconds(60), this.concurrency, Ordering.KEY, Map.of(), null, breaker,
				Duration.ofSeconds(10), Duration.ofMinutes(1), 100);
	}

	private int count(String condition) {
		return this.database.number(this.directory,
				"select count(*) from pulsehook_delivery where handler = 'h' and " + condition);
	}

	private void setDue(Instant due) {
		setDue(due, "status = 'retrying' and due_at is not null");
	}

	private void setDue(Instant due, String condition) {
		try {
			this.database.execute(this.directory, "update pulsehook_delivery set due_at = " + due.toEpochMilli()
					+ " where handler = 'h' and " + condition);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private StoredDelivery delivery(long event) {
		return this.storage.events().deliveries(event).get(0);
	}

	private static void awaitStubbornly(CountDownLatch end) {
		while (end.getCount() > 0) {
			try {
				end.await();
			}
			catch (InterruptedException ex) {
				// This handler must not react to an interrupt.
			}
		}
	}

	private static void await(ThrowingRunnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(10)).untilAsserted(assertion);
	}

}
