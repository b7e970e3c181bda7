package io.pulsehook.inbox.spool;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

import io.pulsehook.event.EventReader;
import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.SettableClock;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.TestDatabase.Hindrance;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.model.Receipt;
import io.pulsehook.inbox.model.WriteRefusedException;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.StoredEvent;
import io.pulsehook.receive.BodyEvents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that webhooks go into the spool while the inbox cannot store them, and from there
 * into the inbox.
 */
class SpoolDrainTests {

	private static final String SOURCE = "default";

	private static final Duration RETENTION = Duration.ofDays(90);

	private final TestDatabase database = TestDatabase.POSTGRESQL;

	private final SettableClock clock = new SettableClock();

	@TempDir
	private Path directory;

	private Storage storage;

	private Spool spool;

	private SpooledInbox inbox;

	private BodyReader reader;

	private SpoolErasure erasure;

	private SpoolDrain drain;

	@BeforeEach
	void open() {
		this.storage = this.database.open(this.directory, this.clock);
		openSpool();
	}

	private void openSpool() {
		this.spool = Spool.open(new SpoolSettings(this.directory.resolve("spool"), DataSize.ofMegabytes(10)),
				this.clock, this.storage.threads());
		this.inbox = new SpooledInbox(this.storage.inbox(), this.spool);
		this.reader = new BodyEvents(new EventReader(), this.storage.inbox());
		this.erasure = new SpoolErasure(this.storage.reconciliations(), this.storage.erasure(),
				new EventReader()::contactId);
		this.drain = createDrain(this.reader);
	}

	private SpoolDrain createDrain(BodyReader bodies) {
		return new SpoolDrain(this.spool, this.storage.inbox(), bodies, this.erasure, RETENTION,
				this.storage.threads());
	}

	@AfterEach
	void close() throws Exception {
		this.drain.stop();
		this.spool.close();
		this.storage.close();
	}

	@Test
	void whatAnOutageKeptAwayIsStoredInOrderAfterIt() throws Exception {
		assertThat(post("a", 0)).isEqualTo(new Receipt(1, 0, 0));
		assertThat(this.spool.status().taking()).isFalse();
		Instant arrival = this.clock.instant();
		try (Hindrance outage = this.database.breakTable(this.directory, "pulsehook_event")) {
			for (int i = 1; i <= 50; i++) {
				assertThat(post("a", i)).isEqualTo(new Receipt(1, 0, 0));
			}
			assertThat(this.spool.status().waiting()).isEqualTo(50);
			this.clock.advance(Duration.ofMinutes(5));
		}
		this.drain.start();
		awaitDrained();
		post("a", 51);
		assertThat(stored()).extracting(this::number)
			.containsExactlyElementsOf(IntStream.rangeClosed(0, 51).boxed().toList());
		assertThat(stored().get(1).receivedAt()).isEqualTo(arrival.plus(Duration.ofMinutes(5)));
		assertThat(this.database.number(this.directory,
				"select count(*) from pulsehook_event where arrived_at between %1$d - 60000 and %1$d"
					.formatted(arrival.toEpochMilli())))
			.isEqualTo(50);
		assertThat(this.spool.status().total()).isEqualTo(50);
	}

	@Test
	void whatFollowsGoesThereTooUntilAllIsDrained() throws Exception {
		this.spool.put(SOURCE, body("a", 1));
		assertThat(post("a", 2)).isEqualTo(new Receipt(1, 0, 0));
		assertThat(stored()).isEmpty();
		this.drain.start();
		awaitDrained();
		assertThat(stored()).extracting(this::number).containsExactly(1, 2);
	}

	@Test
	void theSwitchBackComesUnderLoadToo() throws Exception {
		this.spool.put(SOURCE, body("first", 0));
		ExecutorService clients = Executors.newFixedThreadPool(8);
		AtomicBoolean stop = new AtomicBoolean();
		List<Future<Integer>> sent = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			String contact = "c" + i;
			sent.add(clients.submit(() -> {
				int number = 0;
				while (!stop.get()) {
					post(contact, number++);
				}
				return number;
			}));
		}
		Awaitility.await().until(() -> this.spool.status().waiting() > 200);
		this.drain.start();
		awaitDrained();
		stop.set(true);
		clients.shutdown();
		for (int i = 0; i < 8; i++) {
			int count = sent.get(i).get();
			assertThat(numbersOf("c" + i)).containsExactlyElementsOf(IntStream.range(0, count).boxed().toList());
		}
	}

	@Test
	void aBodyThatTheInboxRefusesHoldsUpNoOther() throws Exception {
		try (Hindrance refusal = this.database.refuse(this.directory, "insert on pulsehook_event",
				"new.contact = 'poison'", "secret-refusal")) {
			for (int i = 0; i < 20; i++) {
				this.spool.put(SOURCE, body("a", i));
			}
			this.spool.put(SOURCE, body("poison", 0));
			for (int i = 20; i < 40; i++) {
				this.spool.put(SOURCE, body("a", i));
			}
			this.drain.start();
			awaitDrained();
			assertThat(stored()).extracting(this::number)
				.containsExactlyElementsOf(IntStream.range(0, 40).boxed().toList());
			assertThat(this.spool.refused()).singleElement()
				.satisfies((body) -> assertThat(body.reason()).isNotBlank().doesNotContain("secret-refusal"));
			assertThat(this.spool.status().refused()).isEqualTo(1);
		}
		assertThat(this.spool.tryAgain(this.spool.refused().get(0).id())).isTrue();
		awaitDrained();
		assertThat(numbersOf("poison")).hasSize(1);
		assertThat(this.spool.refused()).isEmpty();
	}

	@Test
	void aWebhookThatTheInboxRefusesIsAcceptedAndKept() throws Exception {
		try (Hindrance refusal = this.database.refuse(this.directory, "insert on pulsehook_event",
				"new.contact = 'poison'", "secret-refusal")) {
			assertThat(post("poison", 0)).isEqualTo(new Receipt(1, 0, 0));
			this.drain.start();
			awaitDrained();
			assertThat(this.spool.refused()).hasSize(1);
			post("a", 1);
			assertThat(stored()).hasSize(1);
		}
	}

	@Test
	void aBodyThatCannotBeReadHoldsUpNoOther() {
		this.drain = createDrain((source, body) -> {
			if (number(body) == 1) {
				throw new IllegalStateException("secret");
			}
			return this.reader.read(source, body);
		});
		for (int i = 0; i < 3; i++) {
			this.spool.put(SOURCE, body("a", i));
		}
		this.drain.start();
		awaitDrained();
		assertThat(stored()).extracting(this::number).containsExactly(0, 2);
		assertThat(this.spool.refused()).singleElement()
			.satisfies((body) -> assertThat(body.reason())
				.isEqualTo("It cannot be read: java.lang.IllegalStateException"));
	}

	@Test
	void aFileFromWhichNothingCanBeDeletedHoldsUpNobody() throws Exception {
		this.spool.put(SOURCE, body("a", 1));
		onFile("create trigger keep before delete on pulsehook_spool begin select raise(abort, 'no'); end");
		this.drain.start();
		awaitDrained();
		post("a", 2);
		assertThat(stored()).extracting(this::number).containsExactly(1, 2);
		assertThat(this.spool.status().bytes()).isPositive();
		onFile("drop trigger keep");
		Awaitility.await().until(() -> this.spool.status().bytes() == 0);
	}

	private void onFile(String statement) throws SQLException {
		try (Connection connection = DriverManager
			.getConnection("jdbc:sqlite:" + this.directory.resolve("spool/spool.db"));
				Statement change = connection.createStatement()) {
			change.executeUpdate(statement);
		}
	}

	@Test
	void whatIsNoJsonIsStoredAsItCame() {
		byte[] broken = "{\"title\"".getBytes(StandardCharsets.UTF_8);
		this.spool.put(SOURCE, broken);
		this.drain.start();
		awaitDrained();
		assertThat(stored()).singleElement().satisfies((event) -> {
			assertThat(event.type()).isEqualTo("UnrecognizedEvent");
			assertThat(bodyOf(event)).isEqualTo(broken);
		});
	}

	@Test
	void whatWasStoredButNotDeletedWhenTheProcessEndedIsStoredOnce() throws Exception {
		for (int i = 0; i < 5; i++) {
			this.spool.put(SOURCE, body("a", i));
			this.storage.inbox()
				.store(this.reader.read(SOURCE, body("a", i))
					.stream()
					.map((event) -> event.arrivedAt(this.clock.instant()))
					.toList());
		}
		this.clock.advance(Duration.ofHours(1));
		this.spool.close();
		openSpool();
		assertThat(this.spool.status().taking()).isTrue();
		this.drain.start();
		awaitDrained();
		assertThat(stored()).hasSize(5);
	}

	@Test
	void theWindowOfEqualElementsGoesByTheirArrival() {
		this.spool.put(SOURCE, body("a", 1));
		this.clock.advance(Duration.ofMinutes(9));
		this.spool.put(SOURCE, body("a", 1));
		this.clock.advance(Duration.ofMinutes(2));
		this.spool.put(SOURCE, body("a", 1));
		this.drain.start();
		awaitDrained();
		assertThat(stored()).hasSize(2);
	}

	@Test
	void anElementThatWasStoredJustBeforeIsTheSame() {
		this.storage.inbox().store(this.reader.read(SOURCE, body("a", 1)));
		this.clock.advance(Duration.ofMinutes(5));
		this.spool.put(SOURCE, body("a", 1));
		this.clock.advance(Duration.ofHours(1));
		this.drain.start();
		awaitDrained();
		assertThat(stored()).hasSize(1);
	}

	@Test
	void eventsOfContactsThatWereErasedSinceAreLeftOut() {
		this.spool.put(SOURCE, body("erased", 1));
		this.spool.put(SOURCE, body("other", 1));
		this.clock.advance(Duration.ofSeconds(1));
		this.storage.erasure().erase("erased", new EventReader()::contactId);
		this.clock.advance(Duration.ofSeconds(1));
		this.spool.put(SOURCE, body("erased", 2));
		this.drain.start();
		awaitDrained();
		assertThat(stored()).extracting((event) -> event.contact() + number(event))
			.containsExactly("other1", "erased2");
	}

	@Test
	void aContactThatIsErasedWhileItsEventsAreStoredIsErasedAgain() throws Exception {
		List<NewEvent> events = events("erased", 1);
		List<NewEvent> stored = this.erasure.without(events);
		this.storage.inbox().store(stored);
		// An erasure that has been through the events before leaves the event.
		this.storage.erasure().erase("erased", new EventReader()::contactId);
		this.storage.inbox().store(stored);
		this.erasure.repeat(stored);
		assertThat(stored()).isEmpty();
	}

	@Test
	void refusedBodiesOfErasedContactsAreDeleted() {
		refuse("erased");
		refuse("other");
		this.clock.advance(Duration.ofSeconds(1));
		upkeep().run();
		assertThat(this.spool.refused()).hasSize(2);
		this.storage.erasure().erase("erased", new EventReader()::contactId);
		upkeep().run();
		assertThat(this.spool.refused()).singleElement()
			.satisfies((body) -> assertThat(new String(this.spool.refusedBody(body.id()), StandardCharsets.UTF_8))
				.contains("other"));
	}

	@Test
	void refusedBodiesAreDeletedWhenTheyHaveBeenKeptForLongEnough() {
		refuse("a");
		this.clock.advance(RETENTION);
		refuse("b");
		upkeep().run();
		assertThat(this.spool.refused()).hasSize(1);
	}

	private RefusedUpkeep upkeep() {
		return new RefusedUpkeep(this.spool.refusedBodies(), this.reader, this.erasure, RETENTION, this.clock);
	}

	private void refuse(String contact) {
		this.spool.put(SOURCE, body(contact, 1));
		SpoolQueue queue = this.spool.queue();
		queue.refuse(queue.next(1).get(0), "no");
	}

	@Test
	void aWebhookThatNeitherCanKeepIsRefused() throws Exception {
		try (Hindrance outage = this.database.breakTable(this.directory, "pulsehook_event")) {
			this.spool.close();
			assertThatExceptionOfType(InboxUnavailableException.class).isThrownBy(() -> post("a", 1));
			openSpool();
		}
		this.drain.start();
		awaitDrained();
		Awaitility.await().untilAsserted(() -> assertThat(this.storage.inbox().outage()).isNull());
		post("a", 2);
		assertThat(stored()).hasSize(1);
	}

	@Test
	void theInboxItselfSaysThatItRefusedAWrite() throws Exception {
		try (Hindrance refusal = this.database.refuse(this.directory, "insert on pulsehook_event",
				"new.contact = 'poison'", "refused")) {
			assertThatExceptionOfType(InboxUnavailableException.class)
				.isThrownBy(() -> this.storage.inbox().store(List.of(ExampleEvents.openChat("poison", 1))))
				.withCauseInstanceOf(WriteRefusedException.class);
		}
	}

	private Receipt post(String contact, int number) {
		byte[] body = body(contact, number);
		return this.inbox.store(SOURCE, body, this.reader.read(SOURCE, body), null);
	}

	private List<NewEvent> events(String contact, int number) {
		return this.reader.read(SOURCE, body(contact, number))
			.stream()
			.map((event) -> event.arrivedAt(this.clock.instant()))
			.toList();
	}

	private void awaitDrained() {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> !this.spool.isTaking() && this.spool.status().waiting() == 0);
	}

	private List<StoredEvent> stored() {
		return this.storage.events().pageAfter(EventFilter.ALL, 0, 1_000).events();
	}

	private List<Integer> numbersOf(String contact) throws SQLException {
		List<Integer> numbers = new ArrayList<>();
		try (Connection connection = this.database.connect(this.directory);
				PreparedStatement statement = connection
					.prepareStatement("select body from pulsehook_event where contact = ? order by id")) {
			statement.setString(1, contact);
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					numbers.add(number(rows.getBytes(1)));
				}
			}
		}
		return numbers;
	}

	private byte[] bodyOf(StoredEvent event) {
		return this.storage.events().body(event.id()).orElseThrow();
	}

	private int number(StoredEvent event) {
		return number(bodyOf(event));
	}

	private static byte[] body(String contact, int number) {
		return """
				[{"title":"open_chat","service":"telegram","bot":{"id":"b"},"contact":{"id":"%s","name":"n%dn"}}]"""
			.formatted(contact, number)
			.getBytes(StandardCharsets.UTF_8);
	}

	private static int number(byte[] body) {
		return Integer.parseInt(new String(body, StandardCharsets.UTF_8).replaceAll("(?s).*\"n(\\d+)n\".*", "$1"));
	}

}
