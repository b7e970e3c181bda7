package io.pulsehook.dispatch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.client.RestClient;

import io.pulsehook.EventHandler;
import io.pulsehook.dispatch.handler.HandlerSettings;
import io.pulsehook.dispatch.handler.HandlerSettings.Ordering;
import io.pulsehook.dispatch.handler.Handlers;
import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.event.Event;
import io.pulsehook.event.OpenChat;
import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.StorageFixture;
import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.inbox.model.HandlerState;
import io.pulsehook.inbox.query.DeliveryPage.Among;
import io.pulsehook.inbox.query.StoredDelivery;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests a handler whose server asks for a pause at every second call, over HTTP.
 */
class BusyServerTests extends StorageFixture {

	private static final List<String> CONTACTS = List.of("a", "b", "c", "d", "e");

	private static final int EVENTS = 5;

	private final Map<String, List<Integer>> taken = new ConcurrentHashMap<>();

	private final AtomicInteger calls = new AtomicInteger();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private HttpServer server;

	private Dispatcher dispatcher;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", this::answer);
		this.server.setExecutor(this.threads);
		this.server.start();
		RestClient client = RestClient.create("http://localhost:" + this.server.getAddress().getPort());
		this.dispatcher = TestDispatchers.create(this.storage,
				new Handlers(List.of(handler((event, delivery) -> client.post()
					.uri("/{contact}", Objects.requireNonNull(event.contact()).id())
					.body(Objects.requireNonNull(event.contact().name()))
					.retrieve()
					.toBodilessEntity()))),
				this.clock, Duration.ofSeconds(5));
		this.dispatcher.start();
	}

	@AfterEach
	void stop() {
		this.dispatcher.stop();
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	@Test
	void losesNothingSpendsNoRetryAndLeavesTheServerAloneWhileTheHandlerRests() {
		for (int number = 0; number < EVENTS; number++) {
			store(number);
		}
		int rests = 0;
		while (!restsOrIsDone()) {
			assertThatTheServerIsLeftAlone();
			this.clock.advance(Duration.ofSeconds(2));
			rests++;
		}
		assertThat(rests).isGreaterThan(1);
		assertThat(all()).hasSize(CONTACTS.size() * EVENTS).allSatisfy((delivery) -> {
			assertThat(delivery.status()).isEqualTo(DeliveryStatus.DONE);
			assertThat(delivery.retriesSpent()).isZero();
		});
		assertThat(this.taken).containsOnlyKeys(CONTACTS)
			.allSatisfy((contact, numbers) -> assertThat(numbers)
				.containsExactlyElementsOf(IntStream.range(0, EVENTS).boxed().toList()));
	}

	private void store(int number) {
		this.storage.inbox()
			.store(CONTACTS.stream().map((contact) -> ExampleEvents.openChat(contact, number)).toList());
	}

	// Waits until the handler stands still because it rests, or because nothing is left.
	private boolean restsOrIsDone() {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(10))
			.until(() -> this.dispatcher.running().isEmpty() && (rests() || isDone()));
		return isDone();
	}

	private void assertThatTheServerIsLeftAlone() {
		int before = this.calls.get();
		this.clock.advance(Duration.ofMillis(1_900));
		Awaitility.await()
			.during(Duration.ofMillis(120))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> this.calls.get() == before);
	}

	private boolean rests() {
		Instant until = this.storage.subscribers().states().getOrDefault("crm", HandlerState.RUNNING).restsUntil();
		return until != null && until.isAfter(this.clock.instant());
	}

	private boolean isDone() {
		return this.storage.deliveries().unfinished().isEmpty();
	}

	private List<StoredDelivery> all() {
		return this.storage.events().deliveries(Among.ALL, null, 500, (delivery) -> true).deliveries();
	}

	private void answer(HttpExchange exchange) throws IOException {
		boolean busy = this.calls.incrementAndGet() % 2 == 0;
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		if (busy) {
			exchange.getResponseHeaders().set("Retry-After", "2");
		}
		else {
			this.taken
				.computeIfAbsent(exchange.getRequestURI().getPath().substring(1), (key) -> new CopyOnWriteArrayList<>())
				.add(Integer.valueOf(body));
		}
		exchange.sendResponseHeaders(busy ? 429 : 204, -1);
		exchange.close();
	}

	// Without any retry: one that is spent would be the end of its delivery.
	@SuppressWarnings("unchecked")
	private static RegisteredHandler handler(EventHandler<OpenChat> handler) {
		HandlerSettings settings = new HandlerSettings(0, Duration.ofSeconds(1), 3, Duration.ofHours(1), Duration.ZERO,
				List.of(), List.of(), Duration.ofSeconds(60), 4, Ordering.KEY, Map.of(), null, 20,
				Duration.ofSeconds(10), Duration.ofMinutes(1), 100);
		return new RegisteredHandler("crm", OpenChat.class, (EventHandler<Event>) (EventHandler<?>) handler, settings);
	}

}
