package io.pulsehook.dispatch;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.transaction.support.TransactionTemplate;
import org.sqlite.JDBC;

import io.pulsehook.Delivery;
import io.pulsehook.EventHandler;
import io.pulsehook.dispatch.handler.HandlerSettings;
import io.pulsehook.dispatch.handler.HandlerSettings.Ordering;
import io.pulsehook.dispatch.handler.Handlers;
import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.event.Event;
import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.StorageFixture;
import io.pulsehook.inbox.TestDatabase.Hindrance;
import io.pulsehook.inbox.query.StoredStep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests what becomes of the steps of deliveries between attempts.
 */
class DeliveryStepsTests extends StorageFixture {

	private final List<String> log = new CopyOnWriteArrayList<>();

	private final List<Throwable> thrown = new CopyOnWriteArrayList<>();

	private @Nullable Dispatcher dispatcher;

	@AfterEach
	void stop() {
		if (this.dispatcher != null) {
			this.dispatcher.stop();
		}
	}

	@Test
	void areSkippedByLaterAttempts() {
		start((event, delivery) -> {
			delivery.once("first", () -> this.log.add("first"));
			this.log.add(delivery.once("second", String.class, () -> "made by attempt " + delivery.attempt()));
			if (delivery.attempt() == 1) {
				throw new IllegalStateException("not yet");
			}
			delivery.once("third", () -> this.log.add("third"));
		});
		store();
		awaitAttempts("retrying", 1);
		this.clock.advance(Duration.ofSeconds(1));
		awaitAttempts("done", 2);
		assertThat(this.log).containsExactly("first", "made by attempt 1", "made by attempt 1", "third");
		assertThat(steps())
			.extracting(StoredStep::handler, StoredStep::name, StoredStep::run, StoredStep::attempt, StoredStep::result)
			.containsExactly(tuple("h", "first", 1, 1, "null"), tuple("h", "second", 1, 1, "\"made by attempt 1\""),
					tuple("h", "third", 1, 2, "null"));
		assertThat(steps()).extracting(StoredStep::finishedAt).isSorted();
	}

	@Test
	void sendOneMessageThoughTheHandlerFailsFiveTimesAfterwards() {
		TransactionTemplate transaction = new TransactionTemplate(
				new DataSourceTransactionManager(new SimpleDriverDataSource(new JDBC(), "jdbc:sqlite::memory:")));
		start((event, delivery) -> transaction.executeWithoutResult((status) -> {
			delivery.sendOnce("text", String.class, () -> String.valueOf(this.log.add("sent")));
			if (delivery.attempt() <= 5) {
				throw new IllegalStateException("not yet");
			}
			this.log.add("done");
		}));
		store();
		for (int attempt = 1; attempt <= 5; attempt++) {
			awaitAttempts("retrying", attempt);
			this.clock.advance(Duration.ofSeconds(1));
		}
		awaitAttempts("done", 6);
		assertThat(this.log).containsExactly("sent", "done");
		assertThat(steps()).extracting(StoredStep::name, StoredStep::attempt).containsExactly(tuple("text #1", 1));
	}

	@Test
	void areDoneAgainByAReplay() {
		start((event, delivery) -> delivery.once("first", () -> this.log.add("first of run " + delivery.run())));
		store();
		awaitAttempts("done", 1);
		this.storage.replays().create(1, Set.of("h"), true);
		await(() -> assertThat(this.log).containsExactly("first of run 1", "first of run 2"));
		await(() -> assertThat(steps()).extracting(StoredStep::run).containsExactly(1, 2));
	}

	@Test
	void areNotRecordedOnceAnotherProcessHasTheDelivery() {
		start((event, delivery) -> delivery.once("first", () -> {
			this.log.add("first");
			execute("update pulsehook_delivery set runner_id = 4711");
		}));
		store();
		await(() -> assertThat(this.thrown).singleElement()
			.isInstanceOf(CancellationException.class)
			.asString()
			.contains("'first' of handler 'h' was run, but not recorded"));
		assertThat(steps()).isEmpty();
	}

	@Test
	void areNotRecordedByAnAttemptThatIsOver() {
		start((event, delivery) -> delivery.once("first",
				() -> execute("update pulsehook_delivery set attempts = attempts + 1")));
		store();
		// The delivery is taken again at once, by an attempt that is over as well.
		await(() -> assertThat(this.thrown).isNotEmpty());
		assertThat(this.thrown).hasOnlyElementsOfType(CancellationException.class);
		assertThat(steps()).isEmpty();
	}

	@Test
	void areNotRecordedForAnErasedEvent() {
		start((event, delivery) -> delivery.once("first", () -> this.storage.erasure().erase("c", (body) -> null)));
		store();
		await(() -> assertThat(this.thrown).singleElement().isInstanceOf(CancellationException.class));
		assertThat(this.database.number(this.directory, "select count(*) from pulsehook_step")).isZero();
	}

	@Test
	void areRecordedAfterAnOutage() throws Exception {
		List<Hindrance> broken = new CopyOnWriteArrayList<>();
		start((event, delivery) -> {
			delivery.once("first", () -> {
				this.log.add("first");
				broken.add(this.database.breakTable(this.directory, "pulsehook_step"));
			});
			this.log.add("rest");
		});
		store();
		await(() -> assertThat(this.storage.inbox().outage()).isNotNull());
		assertThat(this.log).containsExactly("first");
		broken.get(0).close();
		awaitAttempts("done", 1);
		assertThat(this.log).containsExactly("first", "rest");
		assertThat(steps()).extracting(StoredStep::name).containsExactly("first");
	}

	@Test
	void areRecordedThoughTheirHandlerIsInterrupted() {
		start((event, delivery) -> delivery.once("first", () -> {
			this.log.add("first");
			Thread.currentThread().interrupt();
		}));
		store();
		// The record may be on disk before the handler waits for it, and then the
		// interrupt comes too late.
		await(() -> assertThat(this.storage.events().deliveries(1)).singleElement()
			.satisfies((delivery) -> assertThat(delivery.attempts()).isOne()));
		assertThat(this.thrown).hasSizeLessThan(2).hasOnlyElementsOfType(CancellationException.class);
		this.clock.advance(Duration.ofSeconds(1));
		awaitAttempts("done", 1 + this.thrown.size());
		assertThat(this.log).containsExactly("first");
	}

	@Test
	void belongToTheirHandlerAndEvent() {
		start((event, delivery) -> delivery.once("first", () -> this.log.add(delivery.id())));
		this.storage.inbox().store(List.of(ExampleEvents.openChat("c", 1), ExampleEvents.openChat("c", 2)));
		await(() -> assertThat(this.log).hasSize(2).doesNotHaveDuplicates());
	}

	@Test
	void areKeptApartFromThoseOfFormerRuns() {
		start((event, delivery) -> {
			String made = delivery.once("first", String.class, () -> "made by run " + delivery.run());
			this.log.add(made);
			if (delivery.attempt() == 1) {
				throw new IllegalStateException("not yet");
			}
		});
		store();
		awaitAttempts("retrying", 1);
		this.clock.advance(Duration.ofSeconds(1));
		awaitAttempts("done", 2);
		this.storage.replays().create(1, Set.of("h"), true);
		awaitAttempts("retrying", 1);
		this.clock.advance(Duration.ofSeconds(1));
		awaitAttempts("done", 2);
		assertThat(this.log).containsExactly("made by run 1", "made by run 1", "made by run 2", "made by run 2");
	}

	private void start(EventHandler<Event> handler) {
		HandlerSettings settings = new HandlerSettings(5, Duration.ofSeconds(1), 1, Duration.ofHours(1), Duration.ZERO,
				List.of(), List.of(), Duration.ofSeconds(60), 8, Ordering.KEY, Map.of(), null, 0,
				Duration.ofSeconds(10), Duration.ofMinutes(1), 100);
		EventHandler<Event> recording = (event, delivery) -> call(handler, event, delivery);
		this.dispatcher = TestDispatchers.create(this.storage,
				new Handlers(List.of(new RegisteredHandler("h", Event.class, recording, settings))), this.clock,
				Duration.ofMillis(500));
		this.dispatcher.start();
	}

	private void call(EventHandler<Event> handler, Event event, Delivery delivery) throws Exception {
		try {
			handler.handle(event, delivery);
		}
		catch (CancellationException ex) {
			this.thrown.add(ex);
			throw ex;
		}
	}

	private void store() {
		this.storage.inbox().store(List.of(ExampleEvents.openChat("c", 1)));
	}

	private void execute(String sql) throws SQLException {
		this.database.execute(this.directory, sql);
	}

	private List<StoredStep> steps() {
		return this.storage.events().steps(1);
	}

	private void awaitAttempts(String status, int attempts) {
		await(() -> assertThat(this.storage.events().deliveries(1)).singleElement().satisfies((delivery) -> {
			assertThat(delivery.status().code()).isEqualTo(status);
			assertThat(delivery.attempts()).isEqualTo(attempts);
		}));
	}

	private static void await(org.awaitility.core.ThrowingRunnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(10)).untilAsserted(assertion);
	}

}
