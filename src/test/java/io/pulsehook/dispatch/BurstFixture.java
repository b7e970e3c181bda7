package io.pulsehook.dispatch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import io.pulsehook.BurstHandler;
import io.pulsehook.Delivery;
import io.pulsehook.dispatch.handler.HandlerSettings;
import io.pulsehook.dispatch.handler.HandlerSettings.Ordering;
import io.pulsehook.dispatch.handler.Handlers;
import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.event.ChatbotEvent;
import io.pulsehook.event.Contact;
import io.pulsehook.event.OpenChat;
import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.SettableClock;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.query.StoredDelivery;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs each test on every database with a handler of bursts that records its calls.
 */
@ParameterizedClass
@EnumSource(TestDatabase.class)
abstract class BurstFixture {

	@Parameter
	TestDatabase database;

	@TempDir
	Path directory;

	final SettableClock clock = new SettableClock();

	/** What the handler was called with, in the order of the calls. */
	final List<Call> calls = new CopyOnWriteArrayList<>();

	/** What the handler does once its call is recorded. */
	volatile BurstHandler<OpenChat> behaviour = (events, delivery) -> {
	};

	Storage storage;

	private final List<Dispatcher> started = new ArrayList<>();

	@BeforeEach
	void open() {
		this.storage = this.database.open(this.directory, this.clock);
	}

	@AfterEach
	void close() throws Exception {
		stop();
		this.storage.close();
	}

	void stop() {
		this.started.forEach(Dispatcher::stop);
		this.started.clear();
	}

	Dispatcher start() {
		return start(this.storage, handler(100));
	}

	Dispatcher start(Storage replica, RegisteredHandler handler) {
		Dispatcher dispatcher = TestDispatchers.create(replica, new Handlers(List.of(handler)), this.clock,
				Duration.ofMillis(500));
		this.started.add(dispatcher);
		dispatcher.start();
		return dispatcher;
	}

	/**
	 * A handler {@code h} that waits for ten seconds of quiet, for a minute at most. Its
	 * timeout is long, since tests let hours pass within seconds.
	 */
	@SuppressWarnings("unchecked")
	RegisteredHandler handler(int maxEvents) {
		BurstHandler<OpenChat> handler = (events, delivery) -> {
			this.calls.add(Call.of(events, delivery));
			this.behaviour.handle(events, delivery);
		};
		return RegisteredHandler.ofBursts("h", OpenChat.class, (BurstHandler<ChatbotEvent>) (BurstHandler<?>) handler,
				settings(maxEvents));
	}

	static HandlerSettings settings(int maxEvents) {
		return new HandlerSettings(3, Duration.ofSeconds(1), 3, Duration.ofHours(1), Duration.ZERO, List.of(),
				List.of(), Duration.ofDays(1), 8, Ordering.KEY, Map.of(), null, 0, Duration.ofSeconds(10),
				Duration.ofMinutes(1), maxEvents);
	}

	void store(String contact, int... numbers) {
		this.storage.inbox()
			.store(IntStream.of(numbers).mapToObj((number) -> ExampleEvents.openChat(contact, number)).toList());
	}

	void advance(int seconds) {
		this.clock.advance(Duration.ofSeconds(seconds));
	}

	StoredDelivery delivery(long event) {
		return Objects.requireNonNull(this.storage.events().deliveries(event).get(0));
	}

	/** Waits until it is on disk that a delivery waits for so many seconds from now. */
	void awaitDueIn(long event, int seconds) {
		await(() -> assertThat(delivery(event).dueAt()).isEqualTo(this.clock.instant().plusSeconds(seconds)));
	}

	static void await(ThrowingRunnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10)).untilAsserted(assertion);
	}

	/**
	 * A call of the handler.
	 *
	 * @param contact whose events they are
	 * @param numbers the numbers of the events
	 * @param id the id of the delivery
	 * @param attempt the number of the attempt
	 * @param run the number of the run
	 */
	record Call(String contact, List<Integer> numbers, String id, int attempt, int run) {

		private static Contact contact(OpenChat event) {
			return Objects.requireNonNull(event.contact());
		}

		static Call of(List<OpenChat> events, Delivery delivery) {
			return new Call(String.valueOf(contact(events.get(0)).id()),
					events.stream().map((event) -> Integer.valueOf(String.valueOf(contact(event).name()))).toList(),
					delivery.id(), delivery.attempt(), delivery.run());
		}

	}

}
