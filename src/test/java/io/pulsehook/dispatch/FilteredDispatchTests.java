package io.pulsehook.dispatch;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.observation.ObservationRegistry;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.pulsehook.EventHandler;
import io.pulsehook.RetryLaterException;
import io.pulsehook.dispatch.handler.HandlerSettings;
import io.pulsehook.dispatch.handler.HandlerSettings.Ordering;
import io.pulsehook.dispatch.handler.Handlers;
import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.event.Event;
import io.pulsehook.event.EventReader;
import io.pulsehook.event.FlowWebhook;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.StorageFixture;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.model.EventStatus;
import io.pulsehook.inbox.model.HandlerState;
import io.pulsehook.inbox.model.HandlerState.Rest;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.StoredDelivery;
import io.pulsehook.inbox.replay.ReplayRequest;
import io.pulsehook.inbox.replay.Replays.Count;
import io.pulsehook.receive.Receiver;
import io.pulsehook.test.TestEvents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tests that a handler is called for the events that its filter matches, also while
 * processes with other filters run beside each other.
 */
class FilteredDispatchTests extends StorageFixture {

	private final List<String> handled = new CopyOnWriteArrayList<>();

	private final List<AutoCloseable> opened = new ArrayList<>();

	@AfterEach
	void stop() throws Exception {
		for (AutoCloseable part : this.opened) {
			part.close();
		}
	}

	@Test
	void callsAHandlerForWhatItsFilterMatches() {
		start(this.storage, "h", "a*");
		receive(this.storage, "ax", "xx", "ay");
		await(() -> assertThat(this.handled).containsExactlyInAnyOrder("h ax", "h ay"));
		assertThat(this.storage.events().find(2)).get()
			.satisfies((event) -> assertThat(event.status()).isEqualTo(EventStatus.UNHANDLED));
	}

	@Test
	void endsWhatAProcessWithoutTheFilterHasMadeWithoutCallingTheHandler() {
		subscribeAsAFormerVersion(this.storage, "h");
		receive(this.storage, "ax", "xx");
		start(this.storage, "h", "a*");
		awaitDone(1, 2);
		assertThat(this.handled).containsExactly("h ax");
		assertThat(delivery(2).failures()).isEmpty();
	}

	@Test
	void whatAFilterKeepsAwayDoesNotShowThatAHandlerWorksAgain() {
		subscribeAsAFormerVersion(this.storage, "h");
		receive(this.storage, "ax", "xx", "ay");
		start(this.storage, "h", 1, Map.of("title", List.of("a*")), (event, delivery) -> {
			this.handled.add(String.valueOf(((FlowWebhook) event).title()));
			throw new RetryLaterException(Duration.ofHours(1));
		});
		await(() -> assertThat(rest()).isNotNull());
		Rest before = Objects.requireNonNull(rest());
		this.clock.advance(Duration.ofHours(1));
		await(() -> assertThat(rest()).isNotEqualTo(before));
		assertThat(this.handled).containsExactly("ax", "ay");
		assertThat(delivery(2).status().code()).isEqualTo("done");
		assertThat(rest()).extracting(Rest::since, Rest::probes).containsExactly(before.since(), 1);
	}

	private @Nullable Rest rest() {
		return this.storage.subscribers().states().getOrDefault("h", HandlerState.RUNNING).rest();
	}

	@Test
	void aReplayIsTheOperatorsWord() {
		start(this.storage, "h", "a*");
		receive(this.storage, "xx");
		ReplayRequest request = new ReplayRequest(EventFilter.ALL, Set.of("h"), false);
		assertThat(this.storage.replays().count(request)).isEqualTo(new Count(1, 1));
		assertThat(this.storage.replays().create(1, Set.of("h"), false).deliveries()).isEqualTo(1);
		awaitDone(1);
		assertThat(this.handled).containsExactly("h xx");
	}

	@Test
	void nothingIsLostThatEitherOfTwoFiltersWants() {
		Storage newer = another();
		start(this.storage, "old", "h", "a*");
		start(newer, "new", "h", "*b");
		receive(this.storage, "ax", "xb", "ab", "xx");
		receive(newer, "ay", "yb", "axb", "yy");
		awaitHandled("ab", "ax", "axb", "ay", "xb", "yb");
		assertThat(this.handled).contains("old ax", "old ay", "new xb", "new yb");
		assertThat(this.storage.events().deliveries(4)).isEmpty();
		assertThat(this.storage.events().deliveries(8)).isEmpty();
		awaitDone(1, 2, 3, 5, 6, 7);
	}

	@Test
	void nothingIsLostThatAProcessOfAFormerVersionWants() {
		Storage newer = another();
		start(this.storage, "former", "h", null);
		start(newer, "new", "h", "*b");
		receive(this.storage, "ax", "xb", "xx");
		receive(newer, "ay", "yb", "yy");
		awaitHandled("ax", "ay", "xb", "xx", "yb", "yy");
		assertThat(this.handled).contains("former ax", "former ay", "former xx", "former yy");
		awaitDone(1, 2, 3, 4, 5, 6);
	}

	@Test
	void whatWaitsForAProcessThatEndsIsDoneWithoutACall() {
		Storage newer = another();
		subscribeAsAFormerVersion(this.storage, "h");
		receive(this.storage, "xx", "xb");
		start(newer, "new", "h", "*b");
		await(() -> assertThat(delivery(1).failures()).isNotEmpty());
		this.storage.inbox().unsubscribe();
		awaitDone(1, 2);
		assertThat(this.handled).containsExactly("new xb");
	}

	@Test
	void aStoredFilterWithAKeyOfALaterVersionMatchesByTheOthers() throws SQLException {
		Storage later = another();
		later.inbox().subscribe(List.of(new Subscription("h", Set.of("FlowWebhook"), true)), (arrivals) -> {
		});
		execute("""
				update pulsehook_subscription set filter = '{"language":["uk"],"title":["a*"]}'""",
				"update pulsehook_turn set version = version + 1");
		receive(this.storage, "ax", "xx");
		assertThat(this.storage.events().deliveries(1)).extracting(StoredDelivery::handler).containsExactly("h");
		assertThat(this.storage.events().deliveries(2)).isEmpty();
	}

	private Storage another() {
		assumeTrue(this.database == TestDatabase.POSTGRESQL, "One process only uses the file");
		Storage other = this.database.open(this.directory, this.clock);
		this.opened.add(other);
		return other;
	}

	private void start(Storage storage, String handler, @Nullable String filter) {
		start(storage, handler, handler, filter);
	}

	private void start(Storage storage, String process, String handler, @Nullable String filter) {
		Map<String, List<String>> patterns = (filter != null) ? Map.of("title", List.of(filter)) : Map.of();
		start(storage, handler, 8, patterns,
				(event, delivery) -> this.handled.add(process + " " + ((FlowWebhook) event).title()));
	}

	private void start(Storage storage, String handler, int concurrency, Map<String, List<String>> patterns,
			EventHandler<Event> behaviour) {
		HandlerSettings settings = new HandlerSettings(0, Duration.ofSeconds(1), 3, Duration.ofHours(1), Duration.ZERO,
				List.of(), List.of(), Duration.ofSeconds(60), concurrency, Ordering.KEY, patterns, null, 0,
				Duration.ofSeconds(10), Duration.ofMinutes(1), 100);
		RegisteredHandler registered = new RegisteredHandler(handler, FlowWebhook.class, behaviour, settings);
		Dispatcher dispatcher = TestDispatchers.create(storage, new Handlers(List.of(registered)), this.clock,
				Duration.ofMillis(500));
		dispatcher.start();
		this.opened.add(0, dispatcher::stop);
	}

	private static void subscribeAsAFormerVersion(Storage storage, String handler) {
		storage.inbox().subscribe(List.of(new Subscription(handler, Set.of("FlowWebhook"), true)), (arrivals) -> {
		});
	}

	private static void receive(Storage storage, String... titles) {
		Receiver receiver = new Receiver(new EventReader(), storage.inbox(), 100, ObservationRegistry.NOOP);
		for (String title : titles) {
			receiver.receive("shop",
					TestEvents.flowWebhook().title(title).contact(title).json().getBytes(StandardCharsets.UTF_8));
		}
	}

	// Each has been handled once, by whichever process.
	private void awaitHandled(String... titles) {
		await(() -> assertThat(this.handled).extracting((entry) -> entry.substring(entry.indexOf(' ') + 1))
			.containsExactlyInAnyOrder(titles));
	}

	private void awaitDone(long... events) {
		await(() -> {
			for (long event : events) {
				assertThat(delivery(event).status().code()).isEqualTo("done");
			}
		});
	}

	// What one process leaves to another is due a second later.
	private void await(ThrowingRunnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
			this.clock.advance(Duration.ofSeconds(1));
			assertion.run();
		});
	}

	private StoredDelivery delivery(long event) {
		return Objects.requireNonNull(this.storage.events().deliveries(event).get(0));
	}

	private void execute(String... statements) throws SQLException {
		try (Connection connection = this.database.connect(this.directory);
				Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

}
