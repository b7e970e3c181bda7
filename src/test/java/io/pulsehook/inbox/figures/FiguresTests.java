package io.pulsehook.inbox.figures;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.StorageFixture;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.TestOutcomes;
import io.pulsehook.inbox.figures.Figures.HandlerFigures;
import io.pulsehook.inbox.model.ClaimRequest;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.HandlerState;
import io.pulsehook.inbox.model.HandlerState.Rest;
import io.pulsehook.inbox.model.Outcome.Failure;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.model.Traffic;

import static org.assertj.core.api.Assertions.assertThat;

class FiguresTests extends StorageFixture {

	@BeforeEach
	void subscribe() {
		this.storage.inbox().subscribe(List.of(new Subscription("h", Set.of("OpenChat"), true)), (arrivals) -> {
		});
	}

	@Test
	void tellWhatWaitsAndSinceWhen() {
		Instant began = this.clock.instant();
		store(1);
		this.clock.advance(Duration.ofMinutes(1));
		store(2);
		this.storage.subscribers().setPaused("h", true);
		assertThat(figures().of("h"))
			.isEqualTo(new HandlerFigures(2L, 0L, millis(began), HandlerState.RUNNING.withPaused(true)));
		assertThat(figures().lastEvent()).isEqualTo(millis(this.clock.instant()));
		assertThat(figures().of("unknown")).isEqualTo(HandlerFigures.NONE);
	}

	@Test
	void tellOfWhatIsAtHandAndTriedAgainAndDead() {
		Instant began = this.clock.instant();
		store(1);
		DueDelivery delivery = due();
		assertThat(figures().of("h").oldestDue()).isEqualTo(millis(began));
		Failure failure = new Failure("error", "trace");
		Instant retry = began.plus(Duration.ofHours(1));
		this.storage.deliveries().finish(TestOutcomes.of(delivery, began, began, failure, retry)).join();
		assertThat(figures().of("h")).isEqualTo(new HandlerFigures(1L, 0L, millis(retry), HandlerState.RUNNING));
		this.clock.advance(Duration.ofHours(2));
		this.storage.deliveries().finish(TestOutcomes.of(due(), began, began, failure, null)).join();
		assertThat(figures().of("h")).isEqualTo(new HandlerFigures(0L, 1L, null, HandlerState.RUNNING));
	}

	@Test
	void tellOfAHandlerThatRests() throws SQLException {
		Instant since = millis(this.clock.instant());
		Instant until = since.plusSeconds(60);
		this.database.execute(this.directory,
				"update pulsehook_handler set rest_since = %d, rest_until = %d, rest_reason = 'why', rest_probes = 3"
					.formatted(since.toEpochMilli(), until.toEpochMilli()));
		assertThat(figures().of("h").state()).isEqualTo(new HandlerState(false, new Rest(since, until, "why", 3)));
	}

	@Test
	void tellSinceWhenEvenIfItCannotBeCounted() throws SQLException {
		Instant began = this.clock.instant();
		store(1);
		this.database.execute(this.directory, "alter table pulsehook_delivery rename column status to uncountable");
		assertThat(figures().of("h")).isEqualTo(new HandlerFigures(null, null, millis(began), HandlerState.RUNNING));
	}

	@Test
	void readNoTableButThatOfTheHandlers() throws SQLException {
		if (this.database != TestDatabase.SQLITE) {
			return;
		}
		for (String sql : List.of(DeliveryCounts.UNFINISHED, DeliveryCounts.DEAD, FigureQueries.HANDLERS,
				FigureQueries.LAST_EVENT)) {
			assertThat(plan(sql)).as(sql)
				.allMatch((step) -> !step.contains("SCAN") || step.contains("INDEX") || step.equals("SCAN h"));
		}
	}

	@Test
	void countWhatIsUnfinishedWithoutSortingIt() throws SQLException {
		if (this.database != TestDatabase.SQLITE) {
			return;
		}
		assertThat(plan(DeliveryCounts.UNFINISHED)).noneMatch((step) -> step.contains("TEMP B-TREE"));
	}

	@Test
	void areNotAskedForMoreOftenThanTheDatabaseLikes() {
		Figures first = this.storage.figures().get();
		store(1);
		assertThat(this.storage.figures().get()).isSameAs(first);
	}

	private List<String> plan(String sql) throws SQLException {
		try (Connection connection = this.database.connect(this.directory);
				Statement statement = connection.createStatement();
				ResultSet steps = statement.executeQuery("explain query plan " + sql)) {
			List<String> plan = new ArrayList<>();
			while (steps.next()) {
				plan.add(steps.getString("detail"));
			}
			return plan;
		}
	}

	private void store(int... numbers) {
		this.storage.inbox()
			.store(IntStream.of(numbers).mapToObj((number) -> ExampleEvents.openChat("c" + number, number)).toList());
	}

	private DueDelivery due() {
		return this.storage.deliveries()
			.claim(new ClaimRequest("h", Traffic.LIVE, this.clock.instant(), 100), (id) -> false)
			.deliveries()
			.get(0);
	}

	private Figures figures() {
		return Objects.requireNonNull(this.storage.figures().read());
	}

	private static Instant millis(Instant instant) {
		return Instant.ofEpochMilli(instant.toEpochMilli());
	}

}
