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
import io.pulsehook.inbox.query.HandlerScores.Score;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the queries for the newest events.
 */
class NewestEventsTests extends StorageFixture {

	@Test
	void scoresHandlersByTheNewestEvents() {
		this.deliveries.subscribe("h");
		this.deliveries.store(1, 2, 3, 4);
		this.clock.advance(Duration.ofMillis(100));
		this.deliveries.finish(1, null, null);
		this.deliveries.finish(2, null, null);
		this.clock.advance(Duration.ofMillis(900));
		this.deliveries.finish(3, null, null);
		this.deliveries.finish(4, "a.B: no", null);
		assertThat(this.storage.scores().list())
			.containsExactly(new Score("h", 3, 1, 0, Duration.ofMillis(100), Duration.ofMillis(1_000)));
	}

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
		assertThat(this.storage.orders().changedSince(Instant.parse("2026-01-01T00:00:00Z"), 10)).containsExactly(3L,
				1L);
		assertThat(this.storage.orders().changedSince(Instant.parse("2026-01-02T12:00:00Z"), 10)).containsExactly(3L);
		assertThat(this.storage.orders().changedSince(Instant.EPOCH, 1)).containsExactly(3L);
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
