package io.pulsehook.console.deadletters;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.pulsehook.console.frame.ConsoleSettings;
import io.pulsehook.event.EventReader;
import io.pulsehook.inbox.StorageFixture;
import io.pulsehook.inbox.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests the numbers that all pages have of dead letters.
 */
class DeadLetterGroupsTests extends StorageFixture {

	private static final String SQLITE_ROWS = """
			with recursive n (i) as (select 1 union all select i + 1 from n where i < %d)
			""";

	private static final String POSTGRESQL_ROWS = """
			with n (i) as (select generate_series(1, %d))
			""";

	/** Groups are kept for twenty times as long as they took, which may be long once. */
	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private DeadLetterGroups groups;

	@BeforeEach
	void create() {
		this.groups = new DeadLetterGroups(this.storage.deadLetters(), this.storage.events(), new EventReader(),
				new ConsoleSettings("", false, List.of(), this.clock, false));
	}

	@Test
	void groupsDeadLettersByHandlerAndError() {
		this.deliveries.subscribe("h");
		this.deliveries.store(1, 2, 3);
		this.deliveries.finish(1, "a.B: No contact 17", null);
		this.clock.advance(Duration.ofMinutes(1));
		this.deliveries.finish(2, "a.B: No contact 18", null);
		this.deliveries.finish(3, "a.C: Something else", null);
		Snapshot snapshot = Objects.requireNonNull(this.groups.snapshot());
		assertThat(snapshot.letters()).isEqualTo(3);
		assertThat(this.groups.letters()).isEqualTo(3);
		assertThat(snapshot.past()).isFalse();
		assertThat(snapshot.groups()).extracting(LetterGroup::error, LetterGroup::letters, LetterGroup::people)
			.containsExactly(tuple("a.B: No contact …", 2L, 1L), tuple("a.C: Something else", 1L, 1L));
		LetterGroup largest = snapshot.find("h", "a.B: No contact …").orElseThrow();
		assertThat(largest.newest().error()).isEqualTo("a.B: No contact 18");
		assertThat(Duration.between(largest.first(), largest.last())).isEqualTo(Duration.ofMinutes(1));
		assertThat(largest.lettersSince(this.clock.instant())).isEqualTo(1);
		assertThat(largest.events(Long.MAX_VALUE, 1)).containsExactly(2L);
		assertThat(largest.events(2, 5)).containsExactly(1L);
		assertThat(Sparkline.of(largest, this.clock.instant()).bars()).extracting(Sparkline.Bar::x)
			.containsExactly(0, 92);
	}

	@Test
	void isRightAtOnceAfterAFewHaveRunAgain() {
		this.deliveries.subscribe("h");
		this.deliveries.store(1, 2);
		this.deliveries.finish(1, "a.B: No", null);
		assertThat(this.groups.letters()).isEqualTo(1);
		this.deliveries.finish(2, "a.B: No", null);
		assertThat(this.groups.letters()).isEqualTo(2);
	}

	@Test
	void countsManyCompletelyWithTheirPeopleAndMoney() throws Exception {
		fill(5_000);
		await(() -> assertThat(this.groups.snapshot()).isNotNull());
		Snapshot snapshot = Objects.requireNonNull(this.groups.snapshot());
		assertThat(snapshot.past()).isTrue();
		assertThat(snapshot.letters()).isEqualTo(5_000);
		assertThat(this.groups.letters()).isEqualTo(5_000);
		assertThat(snapshot.groups()).singleElement().satisfies((group) -> {
			assertThat(group.letters()).isEqualTo(5_000);
			assertThat(group.people()).isEqualTo(100);
			assertThat(group.sums()).hasSize(2)
				.anySatisfy((sum) -> assertThat(sum).startsWith("12,500").endsWith("EUR"))
				.anySatisfy((sum) -> assertThat(sum).startsWith("10,000").endsWith("JPY"));
		});
	}

	@Test
	void isRightAtOnceAgainWhenManyHaveBecomeFew() throws Exception {
		fill(600);
		await(() -> assertThat(this.groups.letters()).isEqualTo(600));
		this.database.execute(this.directory, "delete from pulsehook_delivery where event_id > 3");
		await(() -> assertThat(this.groups.letters()).isEqualTo(3));
		this.database.execute(this.directory, "delete from pulsehook_delivery where event_id > 2");
		assertThat(this.groups.letters()).isEqualTo(2);
		assertThat(Objects.requireNonNull(this.groups.snapshot()).past()).isFalse();
	}

	private static void await(ThrowingRunnable assertion) {
		Awaitility.await().atMost(PATIENCE).untilAsserted(assertion);
	}

	// Every second letter is about five euros, every fourth one about eight yen, and
	// every fourth one about a test.
	private void fill(int letters) throws SQLException {
		String rows = ((this.database == TestDatabase.SQLITE) ? SQLITE_ROWS : POSTGRESQL_ROWS).formatted(letters);
		String json = """
				'{"order":{"id":"' || i || '","status":200,"totalCost":' || case when i % 2 = 0 then '5' else '8' end
				|| ',"currency":"' || case when i % 2 = 0 then 'EUR' else 'JPY' end || '","type":'
				|| case when i % 4 = 1 then '2' else '1' end || ',"updatedAt":"2026-01-01T00:00:00Z"}}'""";
		String body = (this.database == TestDatabase.SQLITE) ? "cast(" + json + " as blob)"
				: "convert_to(" + json + ", 'UTF8')";
		this.database.execute(this.directory,
				"""
						insert into pulsehook_event (source, kind, type, contact, occurred_at, received_at, body)
						%s select 'default', 'payment', 'PaymentOrder', 'c' || (i %% 100), i, i, %s from n"""
					.formatted(rows, body),
				"""
						insert into pulsehook_delivery (event_id, handler, position, status, attempts, finished_at, last_error)
						select id, 'h', 2 * id, 'dead', 1, id, 'a.B: No contact ' || id from pulsehook_event""");
	}

}
