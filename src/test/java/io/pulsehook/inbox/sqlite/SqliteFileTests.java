package io.pulsehook.inbox.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.SettableClock;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.model.DataDirectoryException;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.StoredEvent;
import io.pulsehook.inbox.upkeep.RetentionPass;
import io.pulsehook.inbox.upkeep.RetentionPeriods;
import io.pulsehook.inbox.write.FileSpace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests the database file and the log beside it.
 */
class SqliteFileTests {

	private static final RetentionPeriods PERIODS = new RetentionPeriods(Duration.ofDays(30), Duration.ofDays(90));

	@TempDir
	Path directory;

	private final SettableClock clock = new SettableClock();

	private Storage storage;

	@BeforeEach
	void open() {
		this.storage = TestDatabase.SQLITE.open(this.directory, this.clock);
	}

	@AfterEach
	void close() throws Exception {
		this.storage.close();
	}

	@Test
	void refusesASecondOwnerOfTheDirectory() {
		assertThatExceptionOfType(DataDirectoryException.class).isThrownBy(this::open)
			.withMessageContaining(this.directory.toString())
			.withMessageContaining("in use by another process (this one, " + ProcessHandle.current().pid());
	}

	@Test
	void hasTheFileFormatThatWasMeantFromTheFirstTableOn() {
		assertThat(number("pragma page_size")).isEqualTo(8192);
		assertThat(number("pragma auto_vacuum")).isEqualTo(2);
	}

	@Test
	void letsRetentionGoOnBehindManyEventsOfTheSameMomentByTheIndexAlone() throws SQLException {
		assertThat(plan(RetentionPass.OLDEST)).contains("pulsehook_event_time (received_at=? AND rowid>?)")
			.contains("pulsehook_event_time (received_at>? AND received_at<?)")
			.doesNotContain("SCAN pulsehook_event");
	}

	@Test
	void findsAContactInAllThousandsByTheIndexAlone() throws SQLException {
		for (int i = 0; i < 3; i++) {
			int thousand = i;
			this.storage.inbox()
				.store(IntStream.range(0, 1500)
					.mapToObj((number) -> ExampleEvents.openChat((number % 750 == 0) ? "sought" : "c" + number,
							thousand * 1500 + number))
					.toList());
		}
		EventFilter sought = EventFilter.builder().contact("sought").build();
		assertThat(this.storage.events().page(sought, null, 4).events()).extracting(StoredEvent::id)
			.containsExactly(3751L, 3001L, 2251L, 1501L);
		assertThat(this.storage.events().page(sought, 1501L, 4).events()).extracting(StoredEvent::id)
			.containsExactly(751L, 1L);
		assertThat(plan(Sqlite.OF_CONTACT.formatted("?", "?", "?")))
			.contains("COVERING INDEX pulsehook_event_contact_in_thousand (<expr>=? AND contact=?")
			.doesNotContain("SCAN e");
	}

	@Test
	void findsAndErasesAContactBeyondAWideGap() throws Exception {
		this.storage.inbox().store(List.of(ExampleEvents.openChat("sought", 1), ExampleEvents.openChat("other", 2)));
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			statement.executeUpdate("update sqlite_sequence set seq = 3000000 where name = 'pulsehook_event'");
		}
		this.storage.inbox().store(List.of(ExampleEvents.openChat("sought", 3), ExampleEvents.openChat("other", 4)));
		EventFilter sought = EventFilter.builder().contact("sought").build();
		assertThat(this.storage.events().page(sought, null, 10).events()).extracting(StoredEvent::id)
			.containsExactly(3000001L, 1L);
		assertThat(this.storage.erasure().erase("sought", (body) -> null).events()).isEqualTo(2);
		assertThat(this.storage.events().page(EventFilter.ALL, null, 10).events()).extracting(StoredEvent::contact)
			.containsExactly("other", "other");
	}

	@Test
	void becomesShorter() throws Exception {
		for (int i = 0; i < 40; i++) {
			this.storage.inbox()
				.store(List.of(ExampleEvents.event("Unhandled", "c", 1L, ExampleEvents.identity("large" + i, false),
						"x".repeat(500_000))));
		}
		FileSpace space = this.storage.upkeep().space();
		assertThat(space.giveBackSome()).isFalse();
		assertThat(space.truncateLog()).isTrue();
		long before = fileSize();
		this.clock.advance(PERIODS.handled());
		RetentionPass pass = this.storage.upkeep().retention().begin(PERIODS);
		while (pass.hasMore()) {
			pass.deleteNext();
		}
		int steps = 0;
		while (space.giveBackSome()) {
			steps++;
		}
		assertThat(space.truncateLog()).isTrue();
		assertThat(before).isGreaterThan(20_000_000);
		assertThat(fileSize()).isLessThan(before / 20);
		assertThat(steps).isBetween(10, 30);
		assertThat(Files.size(this.directory.resolve("pulsehook.db-wal"))).isZero();
	}

	@Test
	void isKeptShort() {
		this.storage.inbox().store(IntStream.range(0, 3000).mapToObj((i) -> ExampleEvents.openChat("c", i)).toList());
		this.clock.advance(PERIODS.handled());
		this.storage.housekeeper(PERIODS).runOnce();
		assertThat(number("select count(*) from pulsehook_event")).isZero();
		assertThat(number("pragma freelist_count")).isLessThanOrEqualTo(number("pragma page_count") / 16);
	}

	@Test
	void leavesTheLogToThoseWhoReadIt() throws SQLException {
		FileSpace space = this.storage.upkeep().space();
		try (Connection reader = connect(); Statement statement = reader.createStatement()) {
			statement.execute("begin");
			statement.executeQuery("select count(*) from pulsehook_event").close();
			store(1);
			long start = System.nanoTime();
			assertThat(space.truncateLog()).isFalse();
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
			store(2);
			statement.execute("rollback");
		}
		assertThat(space.truncateLog()).isTrue();
		assertThat(number("select count(*) from pulsehook_event")).isEqualTo(2);
	}

	private void store(int number) {
		this.storage.inbox().store(List.of(ExampleEvents.openChat("c", number)));
	}

	private long fileSize() throws IOException {
		return Files.size(this.directory.resolve("pulsehook.db"));
	}

	private String plan(String sql) throws SQLException {
		StringBuilder plan = new StringBuilder();
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			ResultSet steps = statement.executeQuery("explain query plan " + sql);
			while (steps.next()) {
				plan.append(steps.getString("detail")).append('\n');
			}
		}
		return plan.toString();
	}

	private int number(String query) {
		return TestDatabase.SQLITE.number(this.directory, query);
	}

	private Connection connect() throws SQLException {
		return TestDatabase.SQLITE.connect(this.directory);
	}

}
