package io.pulsehook.inbox.postgresql;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.InboxSettings;
import io.pulsehook.inbox.PostgresqlServer;
import io.pulsehook.inbox.SettableClock;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.model.Receipt;
import io.pulsehook.inbox.query.EventFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests which bare elements count as one when several replicas store them, each after it
 * has kept them for a while. The window is ten minutes.
 */
class DedupKeysTests {

	private static final NewEvent BARE = ExampleEvents.bare("bare");

	@TempDir
	Path directory;

	private final SettableClock clock = new SettableClock();

	private final Instant start = this.clock.instant();

	private Storage storage;

	@BeforeEach
	void open() {
		this.storage = TestDatabase.POSTGRESQL.open(this.directory, this.clock);
	}

	@AfterEach
	void close() throws Exception {
		this.storage.close();
	}

	@Test
	void tellApartWhatArrivedLongBeforeAnEventThatIsStoredAlready() {
		this.clock.advance(Duration.ofMinutes(30));
		assertThat(store(BARE)).isEqualTo(new Receipt(1, 0, 0));
		this.clock.advance(Duration.ofMinutes(5));
		assertThat(store(arrived(0), arrived(9), arrived(21), arrived(20))).isEqualTo(new Receipt(2, 2, 0));
		assertThat(arrivals()).containsExactly(0L, 20L, 30L);
		assertThat(store(BARE)).as("Five minutes after the last one").isEqualTo(new Receipt(0, 1, 0));
		assertThat(TestDatabase.POSTGRESQL.number(this.directory,
				"select duplicates from pulsehook_event where arrived_at is null"))
			.isEqualTo(2);
	}

	@Test
	void recognizeWhatIsStoredAgainAfterACrash() {
		this.clock.advance(Duration.ofHours(2));
		NewEvent[] batch = { arrived(0), arrived(10), arrived(3), arrived(40), arrived(61) };
		assertThat(store(batch)).isEqualTo(new Receipt(4, 1, 0));
		assertThat(store(batch)).isEqualTo(new Receipt(0, 5, 0));
		assertThat(store(BARE)).isEqualTo(new Receipt(1, 0, 0));
		assertThat(store(batch)).as("Another replica has stored one meanwhile").isEqualTo(new Receipt(0, 5, 0));
		assertThat(store(arrived(61), arrived(80))).isEqualTo(new Receipt(1, 1, 0));
	}

	@Test
	void recognizeWhatIsStoredAgainIfEachIsAnEvent() throws Exception {
		this.storage.close();
		this.storage = Storage.open(new InboxSettings(this.directory, Duration.ofSeconds(30), DataSize.ofMegabytes(1),
				Duration.ZERO, Duration.ofSeconds(60)), PostgresqlServer.pool(TestDatabase.name(this.directory)),
				this.clock);
		assertThat(store(arrived(0), arrived(1))).isEqualTo(new Receipt(2, 0, 0));
		assertThat(store(arrived(0), arrived(1))).isEqualTo(new Receipt(0, 2, 0));
	}

	@Test
	void countWhatArrivesDirectlyBesideWhatWaited() {
		this.clock.advance(Duration.ofMinutes(60));
		assertThat(store(arrived(40), BARE, arrived(59), arrived(70))).isEqualTo(new Receipt(3, 1, 0));
		assertThat(arrivals()).containsExactly(40L, 60L, 70L);
	}

	@Test
	void leaveOtherElementsAsTheyAre() {
		NewEvent dated = ExampleEvents.openChat("c", 1);
		assertThat(store(arrived(0), dated.arrivedAt(this.start), ExampleEvents.bare("other").arrivedAt(this.start)))
			.isEqualTo(new Receipt(3, 0, 0));
		assertThat(store(dated, ExampleEvents.bare("other"), BARE)).isEqualTo(new Receipt(0, 3, 0));
	}

	// A former version stores no time of arrival, and an old event has no key any more.
	@Test
	void goOnBesideAReplicaOfAFormerVersion() throws SQLException {
		TestDatabase.POSTGRESQL.execute(this.directory, """
				insert into pulsehook_event (source, kind, type, dedup_key, occurred_at, received_at, body)
				values ('default', 'chatbot', 'OpenChat', '\\x000000000000000062617265', 0, %d, '{}')"""
			.formatted(this.start.toEpochMilli()));
		assertThat(store(arrived(9))).isEqualTo(new Receipt(0, 1, 0));
		assertThat(store(arrived(10))).isEqualTo(new Receipt(1, 0, 0));
		TestDatabase.POSTGRESQL.execute(this.directory, "update pulsehook_event set dedup_key = null");
		assertThat(store(arrived(21), arrived(22))).isEqualTo(new Receipt(1, 1, 0));
		assertThat(arrivals()).containsExactly(0L, 10L, 21L);
	}

	// Whatever the order and the batches in which they are stored, none is lost that is
	// apart from all events, and no two events are within the window of one another.
	@Test
	void letEventsBeAsFarApartAsTheWindow() throws SQLException {
		this.clock.advance(Duration.ofHours(5));
		Random random = new Random(7);
		for (int round = 0; round < 20; round++) {
			NewEvent bare = ExampleEvents.bare("round" + round);
			List<Long> arrivals = new ArrayList<>(random.longs(30, 0, 240).boxed().toList());
			Collections.shuffle(arrivals, random);
			for (int from = 0; from < 30; from += 10) {
				store(arrivals.subList(from, from + 10)
					.stream()
					.map((minute) -> bare.arrivedAt(at(minute)))
					.toArray(NewEvent[]::new));
			}
			TreeSet<Long> kept = new TreeSet<>(arrivals());
			assertThat(arrivals).as("round %d", round)
				.allSatisfy((minute) -> assertThat(kept.subSet(minute - 9, minute + 10)).isNotEmpty());
			kept.forEach((minute) -> assertThat(kept.subSet(minute - 9, minute + 10)).hasSize(1));
			TestDatabase.POSTGRESQL.execute(this.directory, "delete from pulsehook_event");
		}
	}

	private Receipt store(NewEvent... events) {
		return this.storage.inbox().store(List.of(events));
	}

	// Returns the minutes of arrival of all events.
	private List<Long> arrivals() {
		return this.storage.events()
			.page(EventFilter.ALL, null, 100)
			.events()
			.stream()
			.map((event) -> (event.arrivedAt() != null) ? event.arrivedAt() : event.receivedAt())
			.map((arrival) -> Duration.between(this.start, arrival).toMinutes())
			.sorted()
			.toList();
	}

	private NewEvent arrived(long minute) {
		return BARE.arrivedAt(at(minute));
	}

	private Instant at(long minute) {
		return this.start.plus(Duration.ofMinutes(minute));
	}

}
