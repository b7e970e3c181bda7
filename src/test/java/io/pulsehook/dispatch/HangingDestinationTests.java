package io.pulsehook.dispatch;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.pulsehook.destination.DestinationSettings;
import io.pulsehook.destination.PayloadFormat;
import io.pulsehook.destination.http.HttpDestinationFactory;
import io.pulsehook.destination.http.HttpReceiver;
import io.pulsehook.destination.http.RawServer;
import io.pulsehook.dispatch.handler.Destination;
import io.pulsehook.dispatch.handler.HandlerSettings;
import io.pulsehook.dispatch.handler.HandlerSettings.Ordering;
import io.pulsehook.dispatch.handler.Handlers;
import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.dispatch.lane.RunningDelivery;
import io.pulsehook.event.OpenChat;
import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.StorageFixture;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a destination that never answers holds up nobody but itself, and that many
 * of them cost the intake of events no more than other handlers.
 */
class HangingDestinationTests extends StorageFixture {

	private static final Duration TIMEOUT = Duration.ofMinutes(1);

	private static final int DESTINATIONS = 20;

	private static final int CONCURRENCY = 4;

	private static final int EVENTS = 10;

	private static final int TURNS = 5;

	private final HttpReceiver receiver = new HttpReceiver();

	private final RawServer hanging = new RawServer();

	private final CountDownLatch never = new CountDownLatch(1);

	private final AtomicInteger stored = new AtomicInteger();

	private final HttpDestinationFactory factory = new HttpDestinationFactory(HttpReceiver.clients());

	@AfterEach
	void close() {
		this.never.countDown();
		this.hanging.close();
		this.receiver.close();
	}

	@Test
	void theOthersGetEveryEventMeanwhile() {
		this.hanging.answerAndHang("");
		Stream<RegisteredHandler> others = IntStream.range(1, DESTINATIONS)
			.mapToObj((number) -> handler("other" + number, this.receiver.url()));
		Handlers handlers = new Handlers(
				Stream.concat(Stream.of(handler("hanging", this.hanging.url("http"))), others).toList());
		Dispatcher dispatcher = TestDispatchers.create(this.storage, handlers, this.clock, Duration.ZERO);
		dispatcher.start();
		try {
			IntStream.range(0, EVENTS)
				.forEach((number) -> this.storage.inbox().store(List.of(ExampleEvents.openChat("c" + number, number))));
			Awaitility.await()
				.atMost(TIMEOUT.dividedBy(2))
				.until(() -> this.receiver.all().size() == (DESTINATIONS - 1) * EVENTS);
			assertThat(dispatcher.running()).extracting(RunningDelivery::handler).contains("hanging");
		}
		finally {
			dispatcher.stop();
		}
	}

	@Test
	void eventsAreStoredAsFastAsForAsManyOtherHandlers() {
		this.hanging.answerAndHang("");
		AtomicInteger calls = new AtomicInteger();
		List<RegisteredHandler> destinations = all(
				(number) -> handler("destination" + number, this.hanging.url("http")));
		List<RegisteredHandler> others = all(
				(number) -> new RegisteredHandler("other" + number, OpenChat.class, (event, delivery) -> {
					calls.incrementAndGet();
					this.never.await();
				}, settings()));
		List<Long> forDestinations = new ArrayList<>();
		List<Long> forOthers = new ArrayList<>();
		for (int turn = 0; turn < TURNS; turn++) {
			forDestinations.addAll(storeBeside(destinations, this.hanging::hung));
			forOthers.addAll(storeBeside(others, calls::get));
		}
		assertThat(median(forDestinations)).as("Nanoseconds until an event is stored")
			.isLessThan(2 * median(forOthers));
	}

	private static long median(List<Long> nanos) {
		return nanos.stream().sorted().skip(nanos.size() / 2).findFirst().orElseThrow();
	}

	private static List<RegisteredHandler> all(IntFunction<RegisteredHandler> handler) {
		return IntStream.range(0, DESTINATIONS).mapToObj(handler).toList();
	}

	// Returns how many nanoseconds it takes to store each event, once each handler has as
	// many calls that hang as it makes at once.
	private List<Long> storeBeside(List<RegisteredHandler> handlers, IntSupplier hung) {
		int before = hung.getAsInt();
		Dispatcher dispatcher = TestDispatchers.create(this.storage, new Handlers(handlers), this.clock, Duration.ZERO);
		dispatcher.start();
		try {
			IntStream.range(0, CONCURRENCY).forEach((event) -> store());
			Awaitility.await().atMost(TIMEOUT).until(() -> hung.getAsInt() >= before + DESTINATIONS * CONCURRENCY);
			return IntStream.range(0, EVENTS).mapToObj((event) -> store()).toList();
		}
		finally {
			dispatcher.stop();
		}
	}

	private long store() {
		int number = this.stored.incrementAndGet();
		long began = System.nanoTime();
		this.storage.inbox().store(List.of(ExampleEvents.openChat("c" + number, number)));
		return System.nanoTime() - began;
	}

	private RegisteredHandler handler(String name, URI url) {
		Destination destination = this.factory.create(name, new DestinationSettings(url, List.of(), Map.of(), null,
				null, null, List.of(), PayloadFormat.EVENT, null), TIMEOUT);
		return RegisteredHandler.ofDestination(name, "OpenChat", Set.of("OpenChat"), destination, settings());
	}

	private static HandlerSettings settings() {
		return new HandlerSettings(0, Duration.ofSeconds(1), 3, Duration.ofHours(1), Duration.ZERO, List.of(),
				List.of(), TIMEOUT, CONCURRENCY, Ordering.KEY, Map.of(), null, 20, Duration.ofSeconds(10),
				Duration.ofMinutes(1), 100);
	}

}
