package io.pulsehook.inbox.postgresql;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.InboxSettings;
import io.pulsehook.inbox.PostgresqlServer;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestOutcomes;
import io.pulsehook.inbox.model.Arrivals;
import io.pulsehook.inbox.model.ClaimRequest;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.HandlerState;
import io.pulsehook.inbox.model.Outcome.Failure;
import io.pulsehook.inbox.model.Receipt;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.model.Traffic;
import io.pulsehook.inbox.replica.LeaseTimes;

/**
 * One of several inboxes on a PostgreSQL database, with times that a test can wait for.
 */
final class Replica implements AutoCloseable {

	/** The replica renews its lease often, and others give it up soon. */
	static final LeaseTimes QUICK = new LeaseTimes(Duration.ofSeconds(2), Duration.ofMillis(200),
			Duration.ofMillis(100));

	/** The replica never renews its lease, and hears of others by notifications only. */
	static final LeaseTimes SILENT = new LeaseTimes(Duration.ofSeconds(2), Duration.ofHours(1), Duration.ofHours(1));

	/**
	 * The replica hears of others by notifications only, and its lease outlasts the test.
	 */
	static final LeaseTimes TOLD = new LeaseTimes(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1));

	private final Storage storage;

	private final Set<String> due = ConcurrentHashMap.newKeySet();

	private final List<DueDelivery> handedOver = new CopyOnWriteArrayList<>();

	private final Map<String, HandlerState> states = new ConcurrentHashMap<>();

	private final AtomicInteger erasures = new AtomicInteger();

	Replica(String database, LeaseTimes times) {
		this(PostgresqlServer.pool(database), times);
	}

	Replica(DataSource dataSource, LeaseTimes times) {
		Postgresql opened = Postgresql.open(dataSource, Duration.ofSeconds(10), times);
		this.storage = Storage.open(new InboxSettings(Path.of("unused"), Duration.ofSeconds(10),
				DataSize.ofMegabytes(64), Duration.ofMinutes(10), times.lease()), opened, opened.clock());
	}

	// Subscribes ordered handlers that take OpenChat.
	Replica join(String... handlers) {
		this.storage.inbox()
			.subscribe(Arrays.stream(handlers)
				.map((handler) -> new Subscription(handler, Set.of("OpenChat"), true))
				.toList(), this::arrived);
		return this;
	}

	private void arrived(Arrivals arrivals) {
		this.due.addAll(arrivals.handlers());
		this.handedOver.addAll(arrivals.handedOver());
		this.states.putAll(arrivals.states());
		if (arrivals.erased()) {
			this.erasures.incrementAndGet();
		}
	}

	Storage storage() {
		return this.storage;
	}

	// Returns the handlers that the replica was told of since the set was cleared.
	Set<String> due() {
		return this.due;
	}

	// Returns what was handed over to the replica with all that has been stored so far.
	// The commit of another write ends only after the replica has heard of all earlier
	// ones.
	List<DueDelivery> handedOver() {
		this.storage.subscribers().setPaused("nobody", false);
		return List.copyOf(this.handedOver);
	}

	Map<String, HandlerState> states() {
		return this.states;
	}

	Map<String, Boolean> paused() {
		return this.states.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (state) -> state.getValue().paused()));
	}

	int erasures() {
		return this.erasures.get();
	}

	Receipt store(String contact, int... numbers) {
		return this.storage.inbox()
			.store(IntStream.of(numbers).mapToObj((number) -> ExampleEvents.openChat(contact, number)).toList());
	}

	/**
	 * Returns a time at which what another replica has just stored is due. The clocks of
	 * replicas differ a little, since each reads the server's only now and then.
	 */
	Instant soon() {
		return this.storage.clock().instant().plusMillis(500);
	}

	// Claims first what another replica had been at work on, which is claimed one at a
	// time.
	List<DueDelivery> claim(String handler, int limit) {
		List<DueDelivery> claimed = new ArrayList<>();
		Instant now = soon();
		List<DueDelivery> interrupted = List.of();
		do {
			interrupted = this.storage.deliveries()
				.claim(new ClaimRequest(handler, Traffic.LIVE, now, 1, true), (event) -> false)
				.deliveries();
			claimed.addAll(interrupted);
		}
		while (!interrupted.isEmpty() && claimed.size() < limit);
		if (claimed.size() < limit) {
			claimed.addAll(this.storage.deliveries()
				.claim(new ClaimRequest(handler, Traffic.LIVE, now, limit - claimed.size()), (event) -> false)
				.deliveries());
		}
		return claimed;
	}

	// Ends all deliveries in one or a few commits, and returns whether all outcomes were
	// accepted.
	boolean succeed(List<DueDelivery> deliveries) {
		Instant now = this.storage.clock().instant();
		return deliveries.stream()
			.map((delivery) -> this.storage.deliveries().finish(TestOutcomes.of(delivery, now, now, null, null)))
			.toList()
			.stream()
			.allMatch(CompletableFuture::join);
	}

	boolean succeed(DueDelivery delivery) {
		return end(delivery, null, null);
	}

	boolean fail(DueDelivery delivery, @Nullable Instant retryAt) {
		return end(delivery, new Failure("error", "stack trace"), retryAt);
	}

	private boolean end(DueDelivery delivery, @Nullable Failure failure, @Nullable Instant retryAt) {
		Instant now = this.storage.clock().instant();
		return this.storage.deliveries().finish(TestOutcomes.of(delivery, now, now, failure, retryAt)).join();
	}

	boolean holds(DueDelivery delivery) {
		return this.storage.deliveries().isHeld(delivery);
	}

	@Override
	public void close() throws Exception {
		this.storage.close();
	}

}
