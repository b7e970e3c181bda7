package io.pulsehook.sendpulse;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.micrometer.observation.ObservationRegistry;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;

import io.pulsehook.Delivery;
import io.pulsehook.EventHandler;
import io.pulsehook.dispatch.DispatchLoopFactory;
import io.pulsehook.dispatch.Dispatcher;
import io.pulsehook.dispatch.handler.HandlerSettings;
import io.pulsehook.dispatch.handler.HandlerSettings.Ordering;
import io.pulsehook.dispatch.handler.Handlers;
import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.event.Event;
import io.pulsehook.event.EventReader;
import io.pulsehook.event.OpenChat;
import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.StorageFixture;
import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.inbox.model.HandlerState;
import io.pulsehook.inbox.query.DeliveryPage.Among;
import io.pulsehook.inbox.query.StoredDelivery;
import io.pulsehook.sendpulse.ApiStub.Reply;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what becomes of the delivery when its handler lets an exception of the client
 * through.
 */
class SendPulseDispatchTests extends StorageFixture {

	private static final int RETRIES = 3;

	private static final Reply OUTSIDE_WINDOW = Reply.json(422,
			"{\"errors\":{\"contact_id\":[\"(#2) Contact is not active in 24hours\"]}}");

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private ApiStub server;

	private SendPulse sendPulse;

	private Dispatcher dispatcher;

	@BeforeEach
	void start() throws IOException {
		this.server = new ApiStub();
		SendPulseSettings settings = new SendPulseSettings("id", ApiStub.SECRET, null, this.server.url(),
				Duration.ofSeconds(2));
		this.sendPulse = new SendPulse(new SendPulseAccount("pulsehook.sendpulse", settings,
				ClientHttpRequestFactoryBuilder.jdk()
					.build(HttpClientSettings.defaults().withReadTimeout(settings.timeout())),
				this.storage.subscribers()::replicas, this.clock), Map.of());
		DispatchLoopFactory loops = new DispatchLoopFactory(this.storage.deliveries(), new EventReader(),
				ObservationRegistry.NOOP, this.clock, this.storage.threads());
		this.dispatcher = new Dispatcher(this.storage.inbox(), this.storage.deliveries(), this.storage.subscribers(),
				new Handlers(List.of(handler(this::greet))), loops, Duration.ofSeconds(5));
		this.dispatcher.start();
	}

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
		this.dispatcher.stop();
		this.server.close();
	}

	@Test
	void whatSendPulseRefusesForGoodIsADeadLetterAtOnce() {
		this.server.byContact.putAll(Map.of("w1", OUTSIDE_WINDOW, "w2", Reply.json(400,
				"{\"success\":false,\"data\":null,\"errors\":{\"phone\":[\"(#1) Contact is not active in 24hours\"]}}"),
				"w3", Reply.json(200, "{\"data\":false,\"message\":\"Contact is not active in 24hours\"}"), "blocked",
				Reply.json(400, "{\"message\":\"Bot was blocked by the user\"}"), "long",
				Reply.json(422, "{\"errors\":{\"text\":[\"May not be greater than 512 characters.\"]}}"), "unknown",
				Reply.json(404, "{\"message\":\"Contact not found\"}")));
		store("w1", "w2", "w3", "blocked", "long", "unknown", "well");
		awaitEnd();
		assertThat(all()).hasSize(7).allSatisfy((delivery) -> {
			assertThat(delivery.status())
				.isEqualTo("well".equals(contact(delivery)) ? DeliveryStatus.DONE : DeliveryStatus.DEAD);
			assertThat(delivery.attempts()).isEqualTo(1);
		});
		assertThat(restsUntil()).isNull();
	}

	@Test
	void whatAnotherAttemptCanMendSpendsARetryAndIsTriedAgain() {
		this.server.byContact.putAll(Map.of("fault", Reply.json(500, "{}"), "page", Reply.html(200), "cut", Reply.cut(),
				"rights", Reply.json(403, "{\"error_code\":800,\"message\":\"Unauthorized action.\"}"), "silent",
				Reply.silence(), "login", Reply.json(401, "{\"message\":\"Unauthorized!\",\"error_code\":401}")));
		store("fault", "page", "cut", "rights", "silent", "login");
		Awaitility.await().untilAsserted(() -> assertThat(all()).hasSize(6).allSatisfy((delivery) -> {
			assertThat(delivery.status()).isEqualTo(DeliveryStatus.RETRYING);
			assertThat(delivery.retriesSpent()).isEqualTo(1);
		}));
		assertThat(restsUntil()).isNull();
		this.server.byContact.clear();
		this.clock.advance(Duration.ofMinutes(1));
		awaitEnd();
		assertThat(all()).allSatisfy((delivery) -> {
			assertThat(delivery.status()).isEqualTo(DeliveryStatus.DONE);
			assertThat(delivery.attempts()).isEqualTo(2);
		});
	}

	@Test
	void aTokenThatEndedIsRenewedWithinTheAttempt() {
		this.server.next(Reply.json(401, "{\"message\":\"Unauthorized!\",\"error_code\":401}"));
		store("c1");
		awaitEnd();
		assertThat(all()).singleElement().satisfies((delivery) -> {
			assertThat(delivery.status()).isEqualTo(DeliveryStatus.DONE);
			assertThat(delivery.attempts()).isEqualTo(1);
		});
		assertThat(this.server.logins).hasSize(2);
	}

	@Test
	void tooManyCallsLetTheHandlerRestAndSpendNoRetry() {
		this.server.next(Reply.json(429, "{\"error_code\":2020202020}"));
		assertThatTheHandlerRestsFor(Duration.ofSeconds(1));
		this.server.next(Reply.json(429, "{}").with("Retry-After", "7"));
		assertThatTheHandlerRestsFor(Duration.ofSeconds(7));
	}

	private void assertThatTheHandlerRestsFor(Duration pause) {
		int before = all().size();
		store("c" + before);
		Awaitility.await().untilAsserted(() -> assertThat(restsUntil()).isEqualTo(this.clock.instant().plus(pause)));
		Awaitility.await().until(() -> this.dispatcher.running().isEmpty());
		this.clock.advance(pause);
		awaitEnd();
		assertThat(all()).hasSize(before + 1).allSatisfy((delivery) -> {
			assertThat(delivery.status()).isEqualTo(DeliveryStatus.DONE);
			assertThat(delivery.retriesSpent()).isZero();
		});
	}

	@Test
	void whoWouldWaitTooLongIsPutOffAlone() {
		this.server.usual = Reply.silence();
		this.server.byContact.put("crowd", Reply.silence());
		List<Thread> crowd = new ArrayList<>();
		for (int i = 0; i < 60; i++) {
			this.threads.submit(() -> {
				synchronized (crowd) {
					crowd.add(Thread.currentThread());
				}
				TestCalls.openChat(this.sendPulse, "default", "crowd");
			});
		}
		Awaitility.await().until(() -> isWaiting(crowd, 60));
		store("late", "quiet");
		Awaitility.await()
			.untilAsserted(() -> assertThat(delivery("late").status()).isEqualTo(DeliveryStatus.RETRYING));
		assertThat(delivery("late")).satisfies((delivery) -> {
			assertThat(delivery.retriesSpent()).isZero();
			assertThat(delivery.putOffs()).isEqualTo(1);
			assertThat(delivery.dueAt()).isEqualTo(this.clock.instant().plusSeconds(5));
		});
		Awaitility.await().untilAsserted(() -> assertThat(delivery("quiet").status()).isEqualTo(DeliveryStatus.DONE));
		assertThat(restsUntil()).isNull();
	}

	private static boolean isWaiting(List<Thread> crowd, int count) {
		synchronized (crowd) {
			return crowd.size() == count
					&& crowd.stream().noneMatch((thread) -> thread.getState() == Thread.State.RUNNABLE);
		}
	}

	private void greet(OpenChat event, Delivery delivery) {
		String contact = Objects.requireNonNull(Objects.requireNonNull(event.contact()).id());
		if (!contact.equals("quiet")) {
			TestCalls.openChat(this.sendPulse, delivery.source(), contact);
		}
	}

	private void store(String... contacts) {
		for (String contact : contacts) {
			this.storage.inbox().store(List.of(ExampleEvents.openChat(contact, 1)));
		}
	}

	private void awaitEnd() {
		Awaitility.await().until(() -> this.storage.deliveries().unfinished().isEmpty());
	}

	private @Nullable Instant restsUntil() {
		return this.storage.subscribers().states().getOrDefault("greet", HandlerState.RUNNING).restsUntil();
	}

	private StoredDelivery delivery(String contact) {
		return all().stream().filter((delivery) -> contact.equals(contact(delivery))).findFirst().orElseThrow();
	}

	private @Nullable String contact(StoredDelivery delivery) {
		return this.storage.events().find(delivery.eventId()).orElseThrow().contact();
	}

	private List<StoredDelivery> all() {
		return this.storage.events().deliveries(Among.ALL, null, 500, (delivery) -> true).deliveries();
	}

	@SuppressWarnings("unchecked")
	private static RegisteredHandler handler(EventHandler<OpenChat> handler) {
		HandlerSettings settings = new HandlerSettings(RETRIES, Duration.ofSeconds(1), 3, Duration.ofHours(1),
				Duration.ZERO, List.of(), List.of(), Duration.ofSeconds(60), 8, Ordering.KEY, Map.of(), null, 0,
				Duration.ofSeconds(10), Duration.ofMinutes(1), 100);
		return new RegisteredHandler("greet", OpenChat.class, (EventHandler<Event>) (EventHandler<?>) handler,
				settings);
	}

}
