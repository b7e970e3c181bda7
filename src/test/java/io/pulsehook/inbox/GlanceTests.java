package io.pulsehook.inbox;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import io.pulsehook.inbox.Backlog.Dead;
import io.pulsehook.inbox.Backlog.Unfinished;
import io.pulsehook.inbox.Charts.Count;
import io.pulsehook.inbox.Deliveries.Traffic;
import io.pulsehook.inbox.Latest.Score;
import io.pulsehook.inbox.Outcome.Failure;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What can be told at a glance: charts, backlog, dead letters and what is new.
 */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class GlanceTests {

	@Parameter
	TestDatabase database;

	@TempDir
	Path directory;

	private final SettableClock clock = new SettableClock();

	private final Map<Long, DueDelivery> claimed = new HashMap<>();

	private Inbox inbox;

	@BeforeEach
	void open() {
		this.inbox = this.database.open(this.directory, this.clock);
	}

	@AfterEach
	void close() throws Exception {
		this.inbox.close();
	}

	@Test
	void countsWhatArrivedByStep() {
		store(1, 2, 3);
		store(3);
		this.clock.advance(Duration.ofMinutes(30));
		store(4);
		List<Count> minutes = this.inbox.charts().counts(1, 60);
		assertThat(minutes).extracting(Count::result, Count::events)
			.containsExactlyInAnyOrder(tuple("accepted", 3L), tuple("duplicate", 1L), tuple("accepted", 1L));
		assertThat(minutes).allSatisfy((count) -> assertThat(count.type()).isEqualTo("OpenChat"));
		assertThat(this.inbox.charts().counts(360, 120).stream().mapToLong(Count::events).sum()).isEqualTo(5);
		assertThat(this.inbox.charts().counts(1, 10).stream().mapToLong(Count::events).sum()).isEqualTo(1);
	}

	@Test
	void countsAgainWhatIsStillUnderWayAndRemembersWhatIsPast() {
		store(1);
		this.clock.advance(Duration.ofMinutes(40));
		assertThat(this.inbox.charts().counts(1, 60)).hasSize(1);
		store(2);
		assertThat(this.inbox.charts().counts(1, 60)).hasSize(2);
		store(3);
		assertThat(this.inbox.charts().counts(1, 60)).extracting(Count::events).containsExactly(1L, 2L);
	}

	@Test
	void tellsWhatWaitsAndSinceWhen() {
		subscribe("h");
		Instant first = this.clock.instant();
		store(1);
		this.clock.advance(Duration.ofMinutes(5));
		store(2);
		finish(2, "boom", this.clock.instant().plusSeconds(60));
		assertThat(this.inbox.backlog().unfinished()).containsExactly(new Unfinished("h", 1, 1, first));
		assertThat(this.inbox.backlog().dead()).isEmpty();
		finish(1, null, null);
		assertThat(this.inbox.backlog().unfinished()).extracting(Unfinished::waiting, Unfinished::retrying)
			.containsExactly(tuple(0L, 1L));
	}

	@Test
	void groupsDeadLettersByHandlerAndError() {
		subscribe("h");
		store(1, 2, 3);
		finish(1, "a.B: No contact 17", null);
		this.clock.advance(Duration.ofMinutes(1));
		finish(2, "a.B: No contact 18", null);
		finish(3, "a.C: Something else", null);
		DeadLetters.Groups groups = this.inbox.deadLetters().groups();
		assertThat(groups.complete()).isTrue();
		assertThat(groups.deliveries()).isEqualTo(3);
		assertThat(groups.groups()).extracting(DeadLetters.Group::error, DeadLetters.Group::deliveries)
			.containsExactly(tuple("a.B: No contact …", 2L), tuple("a.C: Something else", 1L));
		assertThat(groups.groups().get(0)).satisfies((group) -> {
			assertThat(group.example()).isEqualTo("a.B: No contact 18");
			assertThat(Duration.between(group.first(), group.last())).isEqualTo(Duration.ofMinutes(1));
		});
		assertThat(this.inbox.backlog().dead()).containsExactly(new Dead("h", 3));
	}

	@Test
	void scoresHandlersByTheNewestEvents() {
		subscribe("h");
		store(1, 2, 3, 4);
		this.clock.advance(Duration.ofMillis(100));
		finish(1, null, null);
		finish(2, null, null);
		this.clock.advance(Duration.ofMillis(900));
		finish(3, null, null);
		finish(4, "a.B: no", null);
		assertThat(this.inbox.latest().scores())
			.containsExactly(new Score("h", 3, 1, 0, Duration.ofMillis(100), Duration.ofMillis(1_000)));
	}

	@Test
	void tellsWhatIsNew() {
		assertThat(this.inbox.latest().newest()).isEqualTo(new Latest.Newest(0, 0));
		assertThat(this.inbox.latest().sources()).isEmpty();
		subscribe("h");
		store(1, 2);
		finish(1, "a.B: no", null);
		assertThat(this.inbox.latest().newest().event()).isEqualTo(2);
		assertThat(this.inbox.latest().newest().failure()).isPositive();
		assertThat(this.inbox.latest().sources()).isEqualTo(Map.of("default", this.clock.instant()));
	}

	@Test
	void findsEachOrderByItsLatestChange() {
		this.inbox.store(List.of(TestEvents.order("o-1", "2026-01-02T00:00:00Z", 200),
				TestEvents.order("o-1", "2026-01-01T00:00:00Z", 101),
				TestEvents.order("o-2", "2026-01-03T00:00:00Z", 101)));
		assertThat(this.inbox.latest().orders(Instant.parse("2026-01-01T00:00:00Z"), 10)).containsExactly(3L, 1L);
		assertThat(this.inbox.latest().orders(Instant.parse("2026-01-02T12:00:00Z"), 10)).containsExactly(3L);
		assertThat(this.inbox.latest().orders(Instant.EPOCH, 1)).containsExactly(3L);
	}

	@Test
	void readsSeveralBodiesUnlessTheyAreLarge() {
		store(1, 2);
		Map<Long, byte[]> bodies = this.inbox.latest().bodies(List.of(1L, 2L, 99L), 1_000);
		assertThat(bodies).containsOnlyKeys(1L, 2L);
		assertThat(new String(bodies.get(2L), StandardCharsets.UTF_8)).contains("\"name\":\"2\"");
		assertThat(this.inbox.latest().bodies(List.of(1L), 10)).isEmpty();
		assertThat(this.inbox.latest().bodies(List.of(), 10)).isEmpty();
	}

	@Test
	void findsTheEventsOfABot() {
		store(1);
		EventFilter bot = new EventFilter(null, null, null, null, null, "b", null, null, null, null, null);
		EventFilter other = new EventFilter(null, null, null, null, null, "c", null, null, null, null, null);
		assertThat(this.inbox.events().page(bot, null, 10).events()).hasSize(1);
		assertThat(this.inbox.events().page(other, null, 10).events()).isEmpty();
	}

	private void subscribe(String handler) {
		this.inbox.subscribe(List.of(new Subscription(handler, Set.of("OpenChat"), false)), (arrivals) -> {
		});
	}

	private void store(int... numbers) {
		this.inbox.store(IntStream.of(numbers).mapToObj((number) -> TestEvents.openChat("c", number)).toList());
	}

	private void finish(long event, @Nullable String error, @Nullable Instant retryAt) {
		this.inbox.deliveries()
			.due("h", Traffic.LIVE, this.clock.instant(), 10, this.claimed::containsKey)
			.deliveries()
			.forEach((due) -> this.claimed.put(due.eventId(), due));
		DueDelivery due = Objects.requireNonNull(this.claimed.get(event));
		Failure failure = (error != null) ? new Failure(error, error) : null;
		this.inbox.deliveries()
			.finish(new Outcome(due, this.clock.instant(), this.clock.instant(), failure, retryAt))
			.join();
	}

	private static Tuple tuple(Object... values) {
		return Tuple.tuple(values);
	}

}
