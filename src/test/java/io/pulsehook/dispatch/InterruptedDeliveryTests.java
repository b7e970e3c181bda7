package io.pulsehook.dispatch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.micrometer.observation.ObservationRegistry;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import io.pulsehook.EventHandler;
import io.pulsehook.dispatch.AttemptListener.Attempt;
import io.pulsehook.dispatch.AttemptListener.Result;
import io.pulsehook.dispatch.HandlerSettings.Ordering;
import io.pulsehook.event.Event;
import io.pulsehook.event.EventReader;
import io.pulsehook.event.OpenChat;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.SettableClock;
import io.pulsehook.inbox.StoredDelivery;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.TestEvents;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of deliveries that a handler was at work on when the process ended.
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

	private Inbox inbox;

	@BeforeEach
	void open() {
		this.inbox = this.database.open(this.directory, this.clock);
	}

	@AfterEach
	void close() throws Exception {
		this.started.forEach(Dispatcher::stop);
		this.inbox.close();
	}

	@Test
	void isADeadLetterLikeAnyOtherAfterThreeEndsAndLetsItsKeyGoOn() throws Exception {
		storeWithoutRunning("c", 1, 2);
		interrupt(1, 3);
		start(handler("h", (event, delivery) -> this.log.add(delivery.id())));
		await(() -> assertThat(delivery(1).status()).isEqualTo("dead"));
		await(() -> assertThat(delivery(2).status()).isEqualTo("done"));
		assertThat(this.log).singleElement().asString().startsWith("2-");
		assertThat(delivery(1).failures()).singleElement()
			.satisfies((failure) -> assertThat(failure.error())
				.contains("The process ended 3 times while the handler was at work on this"));
		assertThat(this.told).extracting(Attempt::result).containsExactly(Result.DEAD, Result.DONE);
		assertThat(this.database.number(this.directory, "select count(*) from pulsehook_interruption")).isZero();
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
		await(() -> assertThat(delivery(1).status()).isEqualTo("retrying"));
		assertThat(this.database.number(this.directory, "select times from pulsehook_interruption")).isEqualTo(2);
		this.clock.advance(Duration.ofHours(1));
		await(() -> assertThat(delivery(1).status()).isEqualTo("done"));
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
			interrupt(event, 1);
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

	// As a process left it that ended so often.
	private void interrupt(long event, int times) throws Exception {
		this.database.execute(this.directory, "insert into pulsehook_interruption (event_id, handler, run, times) "
				+ "values (%d, 'h', 1, %d)".formatted(event, times));
	}

	private void storeWithoutRunning(String contact, int... numbers) {
		this.inbox.subscribe(List.of(handler("h", (event, delivery) -> {
		}).subscription()), (arrivals) -> {
		});
		this.inbox.store(IntStream.of(numbers).mapToObj((number) -> TestEvents.openChat(contact, number)).toList());
	}

	private void start(RegisteredHandler handler) {
		Dispatcher dispatcher = new Dispatcher(this.inbox, new Handlers(List.of(handler)), new EventReader(),
				this.clock, Duration.ofMillis(500), ObservationRegistry.NOOP);
		dispatcher.listen(this.told::add);
		this.started.add(dispatcher);
		dispatcher.start();
	}

	@SuppressWarnings("unchecked")
	private static RegisteredHandler handler(String id, EventHandler<OpenChat> handler) {
		return new RegisteredHandler(id, OpenChat.class, (EventHandler<Event>) (EventHandler<?>) handler,
				new HandlerSettings(3, Duration.ofSeconds(1), 3, Duration.ofHours(1), Duration.ZERO, List.of(),
						List.of(), Duration.ofSeconds(60), 8, Ordering.KEY));
	}

	private StoredDelivery delivery(long event) {
		return Objects.requireNonNull(this.inbox.events().deliveries(event).get(0));
	}

	private static void await(ThrowingRunnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10)).untilAsserted(assertion);
	}

}
