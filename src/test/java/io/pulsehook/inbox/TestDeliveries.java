package io.pulsehook.inbox;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.ClaimRequest;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.Outcome;
import io.pulsehook.inbox.model.Outcome.Attempt;
import io.pulsehook.inbox.model.Outcome.Failure;
import io.pulsehook.inbox.model.Outcome.PutOff;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.model.Traffic;

/**
 * Stores events and ends their deliveries to the handler {@code h} as a test says.
 */
public final class TestDeliveries {

	private final Storage storage;

	private final SettableClock clock;

	private final Map<Long, DueDelivery> claimed = new HashMap<>();

	public TestDeliveries(Storage storage, SettableClock clock) {
		this.storage = storage;
		this.clock = clock;
	}

	public void subscribe(String handler) {
		this.storage.inbox().subscribe(List.of(new Subscription(handler, Set.of("OpenChat"), false)), (arrivals) -> {
		});
	}

	public void store(int... numbers) {
		this.storage.inbox()
			.store(IntStream.of(numbers).mapToObj((number) -> ExampleEvents.openChat("c", number)).toList());
	}

	public void finish(long event, @Nullable String error, @Nullable Instant retryAt) {
		Failure failure = (error != null) ? new Failure(error, error) : null;
		finish(event, (attempt) -> TestOutcomes.of(attempt.delivery(), attempt.startedAt(), attempt.finishedAt(),
				failure, retryAt));
	}

	public void putOff(long event, String error, Instant until) {
		finish(event, (attempt) -> new PutOff(attempt, new Failure(error, error), until));
	}

	private void finish(long event, Function<Attempt, Outcome> outcome) {
		this.storage.deliveries()
			.claim(new ClaimRequest("h", Traffic.LIVE, this.clock.instant(), 10), this.claimed::containsKey)
			.deliveries()
			.forEach((due) -> this.claimed.put(due.eventId(), due));
		DueDelivery due = Objects.requireNonNull(this.claimed.remove(event));
		Instant now = this.clock.instant();
		this.storage.deliveries().finish(outcome.apply(new Attempt(due, now, now, null))).join();
	}

}
