package io.pulsehook.dispatch;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.StorageFixture;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a destination that never answers holds up nobody but itself.
 */
class HangingDestinationTests extends StorageFixture {

	private static final Duration TIMEOUT = Duration.ofMinutes(1);

	private static final int DESTINATIONS = 20;

	private static final int EVENTS = 10;

	private final HttpReceiver receiver = new HttpReceiver();

	private final RawServer hanging = new RawServer();

	private final HttpDestinationFactory factory = new HttpDestinationFactory(HttpReceiver.clients());

	@AfterEach
	void close() {
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

	private RegisteredHandler handler(String name, URI url) {
		Destination destination = this.factory.create(name, new DestinationSettings(url, List.of(), Map.of(), null,
				null, null, List.of(), PayloadFormat.EVENT, null), TIMEOUT);
		HandlerSettings settings = new HandlerSettings(0, Duration.ofSeconds(1), 3, Duration.ofHours(1), Duration.ZERO,
				List.of(), List.of(), TIMEOUT, 4, Ordering.KEY, Map.of(), null, 20, Duration.ofSeconds(10),
				Duration.ofMinutes(1), 100);
		return RegisteredHandler.ofDestination(name, "OpenChat", Set.of("OpenChat"), destination, settings);
	}

}
