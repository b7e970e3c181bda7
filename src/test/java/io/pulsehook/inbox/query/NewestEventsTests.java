package io.pulsehook.inbox.query;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.StorageFixture;
import io.pulsehook.inbox.query.PaymentOrders.Change;
import io.pulsehook.inbox.query.PaymentOrders.Slice;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the queries for the newest events.
 */
class NewestEventsTests extends StorageFixture {

	@Test
	void tellsWhatIsNew() {
		assertThat(this.storage.events().newestId()).isZero();
		assertThat(this.storage.events().newestFailureId()).isZero();
		assertThat(this.storage.events().recentSources((body) -> false)).isEmpty();
		this.deliveries.subscribe("h");
		this.deliveries.store(1, 2);
		this.deliveries.finish(1, "a.B: no", null);
		assertThat(this.storage.events().newestId()).isEqualTo(2);
		assertThat(this.storage.events().newestFailureId()).isPositive();
		assertThat(this.storage.events().recentSources((body) -> false))
			.isEqualTo(Map.of("default", this.clock.instant()));
	}

	@Test
	void leavesOutOfTheSourcesWhatWasMadeHere() {
		Predicate<byte[]> madeHere = (body) -> !new String(body, StandardCharsets.UTF_8).contains("\"name\":\"1\"");
		this.deliveries.store(1);
		Instant first = this.clock.instant();
		this.clock.advance(Duration.ofMinutes(1));
		this.deliveries.store(IntStream.rangeClosed(2, 130).toArray());
		assertThat(this.storage.events().recentSources(madeHere)).isEqualTo(Map.of("default", first));
		assertThat(this.storage.events().recentSources((body) -> true)).isEmpty();
	}

	@Test
	void findsEachOrderByItsLatestChange() {
		this.storage.inbox()
			.store(List.of(ExampleEvents.order("o-1", "2026-01-02T00:00:00Z", 200),
					ExampleEvents.order("o-1", "2026-01-01T00:00:00Z", 101),
					ExampleEvents.order("o-2", "2026-01-03T00:00:00Z", 101)));
		PaymentOrders orders = this.storage.orders();
		long day = Duration.ofDays(1).toMillis();
		long first = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli() / day;
		assertThat(orders.slices(first, first + 1, day)).containsOnly(Map.entry(first + 1, new Slice(1, 1)),
				Map.entry(PaymentOrders.LATER, new Slice(1, 3)));
		assertThat(orders.slices(first + 2, first + 2, day)).containsOnlyKeys(first + 2);
		List<Change> changes = orders.changed(Change.before(first * day), Long.MAX_VALUE, 10);
		assertThat(changes).extracting(Change::event).containsExactly(1L, 3L);
		assertThat(orders.changed(changes.get(0), Long.MAX_VALUE, 10)).containsExactly(changes.get(1));
		assertThat(orders.changed(changes.get(0), changes.get(1).at(), 10)).isEmpty();
		assertThat(orders.changed(Change.before(changes.get(1).at()), Long.MAX_VALUE, 10))
			.containsExactly(changes.get(1));
	}

	@Test
	void readsSeveralBodiesUnlessTheyAreLarge() {
		this.deliveries.store(1, 2);
		Map<Long, byte[]> bodies = this.storage.events().bodies(List.of(1L, 2L, 99L), 1_000);
		assertThat(bodies).containsOnlyKeys(1L, 2L);
		assertThat(new String(bodies.get(2L), StandardCharsets.UTF_8)).contains("\"name\":\"2\"");
		assertThat(this.storage.events().bodies(List.of(1L), 10)).isEmpty();
		assertThat(this.storage.events().bodies(List.of(), 10)).isEmpty();
	}

}
