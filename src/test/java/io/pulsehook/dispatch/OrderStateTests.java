package io.pulsehook.dispatch;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.observation.ObservationRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.pulsehook.EventHandler;
import io.pulsehook.dispatch.handler.HandlerSettings;
import io.pulsehook.dispatch.handler.HandlerSettings.Ordering;
import io.pulsehook.dispatch.handler.Handlers;
import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.event.Event;
import io.pulsehook.event.EventReader;
import io.pulsehook.event.PaymentOrder;
import io.pulsehook.inbox.SettableClock;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.receive.Receiver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests, from the webhook on, what handlers learn about the states of an order.
 */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class OrderStateTests {

	private static final String NOON = "2026-01-01T12:00:00Z";

	private static final String A_SECOND_LATER = "2026-01-01T12:00:01Z";

	@Parameter
	TestDatabase database;

	@TempDir
	Path directory;

	private final EventReader reader = new EventReader();

	private final SettableClock clock = new SettableClock();

	private final Map<String, Boolean> superseded = new ConcurrentHashMap<>();

	private Storage storage;

	private Dispatcher dispatcher;

	@BeforeEach
	void start() {
		this.storage = this.database.open(this.directory, this.clock);
		EventHandler<Event> handler = (event, delivery) -> this.superseded.put(((PaymentOrder) event).statusCode(),
				delivery.superseded());
		HandlerSettings settings = new HandlerSettings(0, Duration.ofSeconds(1), 3, Duration.ofHours(1), Duration.ZERO,
				List.of(), List.of(), Duration.ofMinutes(1), 8, Ordering.KEY, Map.of(), null, 0, Duration.ofSeconds(10),
				Duration.ofMinutes(1), 100);
		this.dispatcher = TestDispatchers.create(this.storage,
				new Handlers(List.of(new RegisteredHandler("h", PaymentOrder.class, handler, settings))), this.clock,
				Duration.ofMillis(200));
		this.dispatcher.start();
	}

	@AfterEach
	void stop() throws Exception {
		this.dispatcher.stop();
		this.storage.close();
	}

	@Test
	void doesNotLetAPaidOrderFallBackToPendingInTheSameSecond() {
		post(order(200, NOON));
		post(order(100, NOON));
		assertThat(this.superseded).isEqualTo(Map.of("200", false, "100", true));
	}

	@Test
	void doesNotGrantAccessAfterARefundInTheSameSecond() {
		post(order(301, NOON));
		post(order(200, NOON));
		assertThat(this.superseded).isEqualTo(Map.of("301", false, "200", true));
	}

	@ParameterizedTest
	@CsvSource({ "777,100", "104,200", "200,300", "200,305", "200,400", "200,500", "100,101", "300,305" })
	void takesTheFurtherStateOfASecondForTheLaterOne(int before, int after) {
		post(order(before, NOON));
		post(order(after, NOON));
		assertThat(this.superseded).isEqualTo(Map.of(code(before), false, code(after), false));
		this.superseded.clear();
		rerun(1);
		assertThat(this.superseded).isEqualTo(Map.of(code(before), true));
	}

	@Test
	void comparesTheStatesOfOneBodyAndOfALaterSecond() {
		post(order(500, NOON), order(100, NOON), order(200, A_SECOND_LATER), order(101, A_SECOND_LATER));
		assertThat(this.superseded).isEqualTo(Map.of("500", true, "100", true, "200", false, "101", true));
	}

	@Test
	void takesALaterTimeForTheLaterStateWhateverItsRank() {
		post(order(100, A_SECOND_LATER));
		post(order(301, NOON));
		assertThat(this.superseded).isEqualTo(Map.of("100", false, "301", true));
	}

	// A former version that runs beside this one writes the row without a rank.
	@Test
	void doesNotCompareWithARankThatBelongsToAnotherEvent() throws Exception {
		post(order(301, NOON));
		post(order(102, NOON));
		this.database.execute(this.directory, "update pulsehook_order set event_id = 2");
		this.superseded.clear();
		rerun(1);
		assertThat(this.superseded).isEqualTo(Map.of("301", false));
		post(order(400, NOON));
		assertThat(this.superseded).containsEntry("400", false);
		rerun(1);
		assertThat(this.superseded).containsEntry("301", true);
	}

	private void post(String... orders) {
		new Receiver(this.reader, this.storage.inbox(), 100, ObservationRegistry.NOOP).receive("default",
				Stream.of(orders).collect(Collectors.joining(",", "[", "]")).getBytes(StandardCharsets.UTF_8));
		awaitAll();
	}

	private void rerun(long event) {
		this.storage.replays().create(event, Set.of(), true);
		awaitAll();
	}

	private void awaitAll() {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.untilAsserted(() -> assertThat(this.storage.deliveries().unfinished()).isEmpty());
	}

	private static String code(int status) {
		return String.valueOf(status);
	}

	private static String order(int status, String updatedAt) {
		return """
				{"event":"payment_order","order":{"id":"o-1","status":%d,"updatedAt":"%s"}}""".formatted(status,
				updatedAt);
	}

}
