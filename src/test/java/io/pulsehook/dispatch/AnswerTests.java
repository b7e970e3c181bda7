package io.pulsehook.dispatch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
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

import io.pulsehook.PutOffException;
import io.pulsehook.dispatch.attempt.AttemptListener.Result;
import io.pulsehook.dispatch.handler.Destination;
import io.pulsehook.dispatch.handler.DestinationException;
import io.pulsehook.dispatch.handler.DestinationGoneException;
import io.pulsehook.dispatch.handler.HandlerSettings;
import io.pulsehook.dispatch.handler.HandlerSettings.Ordering;
import io.pulsehook.dispatch.handler.Handlers;
import io.pulsehook.dispatch.handler.OutgoingEvent;
import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.event.OpenChat;
import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.SettableClock;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.inbox.model.HandlerState;
import io.pulsehook.inbox.model.HandlerStatus;
import io.pulsehook.inbox.query.StoredDelivery;
import io.pulsehook.inbox.query.StoredDelivery.FailedAttempt;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what is kept of the answers of other systems, and what follows from them for a
 * destination and its deliveries.
 */
@ParameterizedClass
@EnumSource(TestDatabase.class)
@ExtendWith(OutputCaptureExtension.class)
class AnswerTests {

	@Parameter
	TestDatabase database;

	@TempDir
	Path directory;

	private final SettableClock clock = new SettableClock();

	private final List<String> calls = new CopyOnWriteArrayList<>();

	private final List<Result> results = new CopyOnWriteArrayList<>();

	private final List<@Nullable String> errors = new CopyOnWriteArrayList<>();

	private Storage storage;

	private final List<Dispatcher> started = new ArrayList<>();

	private int stored = 1;

	private int maxRetries = 3;

	private int concurrency = 4;

	private volatile Destination destination = (event) -> "204 No Content";

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
	void keepsTheAnswersOfAllAttempts() {
		this.destination = (event) -> {
			switch (event.delivery().attempt()) {
				case 1 -> throw new DestinationException("500", "It is broken.");
				case 2 -> throw new IllegalStateException(new DestinationException("502", "A gateway\u0000 is."));
				case 3 -> throw new DestinationException("There was no answer.", null);
				default -> {
					return "204 No Content";
				}
			}
		};
		start();
		store("a", 1);
		finishInTime(1);
		StoredDelivery delivery = delivery(1);
		assertThat(delivery.status()).isEqualTo(DeliveryStatus.DONE);
		assertThat(delivery.answer()).isEqualTo("204 No Content");
		assertThat(delivery.failures()).extracting(FailedAttempt::answer)
			.containsExactly("It is broken.", "A gateway\uFFFD is.", null);
		StoredDelivery other = delivery("plain", 1);
		assertThat(other.status()).isEqualTo(DeliveryStatus.DONE);
		assertThat(other.answer()).isNull();
	}

	@Test
	void letsNoAttemptEndBeforeItBeganThoughTheClockIsSetBack() {
		this.destination = (event) -> {
			this.clock.advance(Duration.ofSeconds(-2));
			return "204 No Content";
		};
		start();
		store("a", 1);
		await(() -> assertThat(delivery(1).status()).isEqualTo(DeliveryStatus.DONE));
		StoredDelivery delivery = delivery(1);
		assertThat(delivery.finishedAt()).isEqualTo(delivery.startedAt());
	}

	@Test
	void saysInWordsWhyItRests(CapturedOutput log) {
		this.destination = (event) -> {
			throw new DestinationException("The answer was 502 Bad Gateway.", "Private");
		};
		start();
		store(IntStream.range(0, 40).mapToObj((contact) -> "c" + contact).toArray(String[]::new));
		await(() -> assertThat(state().isResting()).isTrue());
		assertThat(Objects.requireNonNull(state().rest()).reason()).isEqualTo("'The answer was 502 Bad Gateway'");
		await(() -> assertThat(log.getAll()).contains("because of 'The answer was 502 Bad Gateway'; from then on"));
		assertThat(log.getAll())
			.containsPattern(
					"Handler 'crm' failed on event \\d+ .*\\. The answer was 502 Bad Gateway\\. What came back is")
			.doesNotContain("DestinationException\n", "Private");
		await(() -> assertThat(this.errors).contains("'The answer was 502 Bad Gateway'"));
	}

	@Test
	void keepsTheAnswerOfTheRunThatSucceededLast() {
		start();
		store("a", 1);
		finishInTime(1);
		this.destination = (event) -> {
			throw new DestinationException("500", "x".repeat(100_000));
		};
		this.storage.replays().create(1, Set.of("crm"), true);
		await(() -> assertThat(delivery(1).failures()).hasSize(1));
		assertThat(delivery(1).answer()).isNull();
		assertThat(delivery(1).failures().get(0).answer()).hasSize(2000).matches("x+");
	}

	@Test
	void isErasedWithItsEvent() {
		this.destination = (event) -> {
			if (event.delivery().attempt() == 1) {
				throw new DestinationException("500", "We know no such person: Ann Answer.");
			}
			return "200 Ann";
		};
		start();
		store("a", 1);
		finishInTime(1);
		this.storage.erasure().erase("a", (body) -> "a");
		assertThat(this.database.number(this.directory, "select count(*) from pulsehook_attempt where event_id = 1"))
			.isZero();
		assertThat(this.database.number(this.directory, "select count(*) from pulsehook_delivery where event_id = 1"))
			.isZero();
	}

	@Test
	void isPausedWhenTheOtherSystemWantsNothingMoreAndLosesNothing(CapturedOutput log) {
		this.maxRetries = 0;
		this.destination = this::gone;
		start();
		store(IntStream.range(0, 20).mapToObj((contact) -> "c" + contact).toArray(String[]::new));
		await(() -> assertThat(state().isGone()).isTrue());
		awaitIdle();
		int calls = this.calls.size();
		assertThat(calls).isLessThanOrEqualTo(2 * this.concurrency);
		assertThat(state().status()).isEqualTo(HandlerStatus.PAUSED);
		await(() -> assertThat(dispatcher().states().get("crm")).isEqualTo(state()));
		this.clock.advance(Duration.ofHours(30));
		store("late");
		await(() -> assertThat(this.storage.events().deliveries(21)).isNotEmpty());
		assertThat(this.calls).hasSize(calls);
		resume();
		await(() -> assertThat(this.calls).hasSize(calls + 1));
		await(() -> assertThat(state().isGone()).isTrue());
		awaitIdle();
		assertThat(this.calls).as("One tried first").hasSize(calls + 1);
		assertThat(count("status = 'dead' or attempts <> put_offs")).isZero();
		await(() -> assertThat(errors(log)).hasSize(2)
			.allMatch((line) -> line.contains("is paused") && line.contains("resumed")));
		assertThat(log.getAll()).doesNotContain("shared-secret");
		this.destination = (event) -> "204 No Content";
		resume();
		await(() -> assertThat(count("status = 'done'")).isEqualTo(21));
		await(() -> assertThat(state()).isEqualTo(HandlerState.RUNNING));
	}

	@Test
	void staysPausedOverARestartUntilSomebodyResumesIt() throws Exception {
		this.destination = this::gone;
		start();
		store("a", 1);
		await(() -> assertThat(state().isGone()).isTrue());
		awaitIdle();
		close();
		open();
		this.destination = (event) -> "204 No Content";
		start();
		store("b", 1);
		await(() -> assertThat(delivery("plain", 2).status()).isEqualTo(DeliveryStatus.DONE));
		assertThat(this.calls).hasSize(1);
		resume();
		await(() -> assertThat(count("status = 'done'")).isEqualTo(2));
	}

	@Test
	void putsOffOneContactAloneWithoutARetry() {
		this.destination = (event) -> {
			if (contact(event).equals("busy") && event.delivery().attempt() <= 5) {
				throw new IllegalStateException(new PutOffException(Duration.ofSeconds(10), "The limit is used up."));
			}
			return "204 No Content";
		};
		start();
		store("busy", "busy");
		store(IntStream.range(0, 30).mapToObj((contact) -> "c" + contact).toArray(String[]::new));
		await(() -> assertThat(count("status = 'done'")).isEqualTo(30));
		await(() -> assertThat(count("event_id = 1 and status = 'retrying' and put_offs = 1 and due_at = "
				+ this.clock.instant().plusSeconds(10).toEpochMilli()))
			.isOne());
		assertThat(this.calls.stream().filter("busy"::equals)).hasSize(1);
		assertThat(state()).isEqualTo(HandlerState.RUNNING);
		finishInTime(2);
		assertThat(delivery(1).status()).isEqualTo(DeliveryStatus.DONE);
		assertThat(delivery(1).putOffs()).isEqualTo(5);
		assertThat(this.results).containsOnly(Result.DONE, Result.PUT_OFF);
		assertThat(state()).isEqualTo(HandlerState.RUNNING);
	}

	@Test
	void spendsTheRetriesOfADeliveryThatIsPutOffForMoreThanADay() {
		this.destination = (event) -> {
			throw new PutOffException(Duration.ofHours(1), "The limit is used up.");
		};
		start();
		store("a");
		for (int attempts = 1; delivery(1).status() != DeliveryStatus.DEAD; attempts++) {
			int ended = attempts;
			await(() -> assertThat(delivery(1).attempts()).isEqualTo(ended));
			this.clock.advance(Duration.ofHours(1));
			store("signal");
		}
		assertThat(delivery(1).failures()).filteredOn((attempt) -> !attempt.putOff()).hasSize(this.maxRetries + 1);
		assertThat(delivery(1).putOffs()).isBetween(20, 26);
	}

	private String gone(OutgoingEvent event) throws Exception {
		throw new IllegalStateException(new DestinationGoneException("410 Gone", "Ask shared-secret."));
	}

	private static List<String> errors(CapturedOutput log) {
		return log.getAll().lines().filter((line) -> line.contains("ERROR")).toList();
	}

	private void start() {
		HandlerSettings settings = new HandlerSettings(this.maxRetries, Duration.ofSeconds(1), 3, Duration.ofHours(1),
				Duration.ZERO, List.of(), List.of(), Duration.ofSeconds(60), this.concurrency, Ordering.KEY, Map.of(),
				null, 20, Duration.ofSeconds(10), Duration.ofMinutes(1), 100);
		RegisteredHandler crm = RegisteredHandler.ofDestination("crm", "OpenChat", Set.of("OpenChat"), (event) -> {
			this.calls.add(contact(event));
			return this.destination.send(event);
		}, settings);
		RegisteredHandler plain = new RegisteredHandler("plain", OpenChat.class, (event, delivery) -> {
		}, settings);
		Dispatcher dispatcher = TestDispatchers.create(this.storage, new Handlers(List.of(crm, plain)), this.clock,
				Duration.ofSeconds(5));
		this.started.add(dispatcher);
		dispatcher.listen((attempt) -> {
			if (attempt.handler().equals("crm")) {
				this.results.add(attempt.result());
				this.errors.add(attempt.error());
			}
		});
		dispatcher.start();
	}

	private Dispatcher dispatcher() {
		return this.started.get(this.started.size() - 1);
	}

	private static String contact(OutgoingEvent event) {
		return Objects.requireNonNull(Objects.requireNonNull(((OpenChat) event.event()).contact()).id());
	}

	private void store(String contact, int number) {
		this.storage.inbox().store(List.of(ExampleEvents.openChat(contact, number)));
	}

	private void store(String... contacts) {
		List<String> all = new ArrayList<>(List.of(contacts));
		this.storage.inbox()
			.store(IntStream.range(0, all.size())
				.mapToObj((index) -> ExampleEvents.openChat(all.get(index), this.stored + index))
				.toList());
		this.stored += all.size();
	}

	private void finishInTime(long event) {
		await(() -> {
			this.clock.advance(Duration.ofSeconds(10));
			store("signal");
			assertThat(delivery(event).status()).isEqualTo(DeliveryStatus.DONE);
		});
	}

	private void resume() {
		this.clock.advance(Duration.ofSeconds(2));
		dispatcher().resume("crm");
	}

	private StoredDelivery delivery(long event) {
		return delivery("crm", event);
	}

	private StoredDelivery delivery(String handler, long event) {
		return this.storage.events()
			.deliveries(event)
			.stream()
			.filter((delivery) -> delivery.handler().equals(handler))
			.findFirst()
			.orElseThrow();
	}

	private HandlerState state() {
		return this.storage.subscribers().states().getOrDefault("crm", HandlerState.RUNNING);
	}

	private int count(String condition) {
		return this.database.number(this.directory,
				"select count(*) from pulsehook_delivery where handler = 'crm' and (" + condition + ")");
	}

	private void awaitIdle() {
		await(() -> assertThat(dispatcher().claimed()).isZero());
	}

	private static void await(ThrowingRunnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10)).untilAsserted(assertion);
	}

}
