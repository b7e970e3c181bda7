package io.pulsehook.inbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.pulsehook.inbox.Deliveries.Traffic;
import io.pulsehook.inbox.Outcome.Failure;

import static org.assertj.core.api.Assertions.assertThat;

class ErasureTests {

	private static final int PERSONS = 60;

	@TempDir
	Path directory;

	private final SettableClock clock = new SettableClock();

	private Inbox inbox;

	@BeforeEach
	void open() {
		this.inbox = TestInbox.open(this.directory, this.clock);
		this.inbox.subscribe(List.of(new Subscription("h", Set.of("OpenChat", "PaymentOrder"), true)), (arrivals) -> {
		});
	}

	@AfterEach
	void close() throws Exception {
		this.inbox.close();
	}

	@Test
	void erasesAllOfAContactAndSaysWhat() {
		store("a", 1, 2);
		store("b", 1);
		fail(due("a"), this.clock.instant(), "no");
		fail(due("a"), this.clock.instant(), "no");
		assertThat(erase("a")).isEqualTo(new Erased(2, 2, 2));
		assertThat(this.inbox.events().find(1)).isEmpty();
		assertThat(this.inbox.events().deliveries(1)).isEmpty();
		assertThat(this.inbox.events().find(3)).isPresent();
		assertThat(this.inbox.events().deliveries(3)).hasSize(1);
		assertThat(erase("a")).isEqualTo(Erased.NOTHING);
	}

	@Test
	void erasesPaymentsOfAnySourceWithTheStateOfTheirOrders() {
		store(payment("one", "a", "o1"), payment("two", "a", "o2"), payment("one", "b", "o3"));
		assertThat(erase("a").events()).isEqualTo(2);
		assertThat(number("select sum(event_id) from pulsehook_order")).isEqualTo(3);
	}

	@Test
	void erasesManyEventsInSeveralBatches() {
		store("a", IntStream.range(0, 1234).toArray());
		assertThat(erase("a").events()).isEqualTo(1234);
		assertThat(number("select count(*) from pulsehook_delivery")).isZero();
	}

	@Test
	void takesAnErasedPersonsNextEventForANewOne() {
		store("a", 1);
		erase("a");
		store("a", 1);
		assertThat(due("a").eventId()).isEqualTo(2);
	}

	@Test
	void refusesTheOutcomeOfADeliveryThatRanMeanwhile() {
		store("a", 1);
		DueDelivery running = due("a");
		erase("a");
		assertThat(finish(running, new Failure("about a person", "trace"), this.clock.instant())).isFalse();
		assertThat(finish(running, null, null)).isFalse();
		assertThat(number("select count(*) from pulsehook_attempt")).isZero();
		assertThat(this.inbox.outage()).isNull();
	}

	@Test
	void wakesWhoWaitedBehindAnErasedEvent() {
		NewEvent first = TestEvents.event("OpenChat", "a", 1L, TestEvents.identity("1", false), "{}");
		NewEvent second = TestEvents.event("OpenChat", "b", 1L, TestEvents.identity("2", false), "{}");
		store(first, second);
		erase("a");
		assertThat(due("b").eventId()).isEqualTo(2);
	}

	@Test
	void leavesNothingReadableInTheFiles() throws IOException {
		String body = "{\"phone\":\"+380501234567\",\"text\":\"%s\"}".formatted("secret words ".repeat(3000));
		NewEvent large = TestEvents.event("OpenChat", "contact-a", 1L, TestEvents.identity("1", false), body);
		NewEvent small = TestEvents.event("OpenChat", "contact-a", 1L, TestEvents.identity("2", false),
				"{\"phone\":\"+380501234567\"}");
		store("b", 1, 2, 3);
		store(large, small);
		store("c", 1, 2, 3);
		fail(due("contact-a"), this.clock.instant(), "cannot call +380501234567");
		fail(due("contact-a"), this.clock.instant(), "cannot say secret words");
		assertThat(readable("+380501234567", "secret words", "contact-a")).hasSize(3);
		erase("contact-a");
		assertThat(readable("+380501234567", "secret words", "contact-a")).isEmpty();
	}

	@Test
	void leavesNothingReadableOfWhatWasRewrittenBefore() throws IOException {
		Random random = new Random(1);
		for (int round = 0; round < 30; round++) {
			List<NewEvent> events = events(round, random);
			this.inbox.store(events);
			// Counted duplicates and retries make rows longer, so that they move.
			this.inbox.store(events.subList(0, random.nextInt(PERSONS)));
			this.inbox.store(events.subList(0, random.nextInt(PERSONS)));
			due().forEach((delivery) -> failOrNot(delivery, random));
		}
		assertThat(readable("person-20")).hasSize(1);
		erase("person-20");
		assertThat(readable("person-20", "person-21")).containsExactly("person-21");
	}

	private static List<NewEvent> events(int round, Random random) {
		return IntStream.range(10, 10 + PERSONS).mapToObj((number) -> {
			String contact = "person-" + number;
			String body = "{\"who\":\"" + contact + "x".repeat(random.nextInt(3000)) + "\"}";
			return TestEvents.event("OpenChat", contact, (long) number,
					TestEvents.identity(number + "/" + round, false), body);
		}).toList();
	}

	private void failOrNot(DueDelivery delivery, Random random) {
		String who = "about " + new String(delivery.body(), 8, 9, StandardCharsets.UTF_8);
		Failure failure = new Failure(who + "y".repeat(random.nextInt(900)), who + "z".repeat(random.nextInt(9000)));
		Instant retryAt = (random.nextInt(3) > 0) ? this.clock.instant() : null;
		Outcome outcome = new Outcome(delivery, this.clock.instant(), this.clock.instant(),
				(random.nextInt(3) > 0) ? failure : null, retryAt);
		this.inbox.deliveries().finish(outcome);
	}

	private Erased erase(String contact) {
		return this.inbox.erasure().erase(contact);
	}

	private void store(String contact, int... numbers) {
		this.inbox.store(IntStream.of(numbers).mapToObj((number) -> TestEvents.openChat(contact, number)).toList());
	}

	private void store(NewEvent... events) {
		this.inbox.store(List.of(events));
	}

	private static NewEvent payment(String source, String contact, String order) {
		NewEvent event = TestEvents.order(order, "2026-01-01T10:00:00Z", 200);
		return new NewEvent(source, event.kind(), event.type(), null, null, null, contact, event.orderingKey(),
				event.identity(), event.occurredAt(), null, event.body());
	}

	private DueDelivery due(String contact) {
		return due().stream().filter((delivery) -> contact.equals(contact(delivery))).findFirst().orElseThrow();
	}

	private @Nullable String contact(DueDelivery delivery) {
		return this.inbox.events().find(delivery.eventId()).orElseThrow().contact();
	}

	private List<DueDelivery> due() {
		return this.inbox.deliveries().due("h", Traffic.LIVE, this.clock.instant(), 100, (id) -> false).deliveries();
	}

	private void fail(DueDelivery delivery, Instant retryAt, String error) {
		assertThat(finish(delivery, new Failure(error, error + " at frame"), retryAt)).isTrue();
	}

	private boolean finish(DueDelivery delivery, @Nullable Failure failure, @Nullable Instant retryAt) {
		return this.inbox.deliveries()
			.finish(new Outcome(delivery, this.clock.instant(), this.clock.instant(), failure, retryAt))
			.join();
	}

	// Which of these texts are anywhere in the files.
	private List<String> readable(String... texts) throws IOException {
		String files = files();
		return Stream.of(texts).filter(files::contains).toList();
	}

	private String files() throws IOException {
		StringBuilder content = new StringBuilder();
		for (String name : List.of("pulsehook.db", "pulsehook.db-wal")) {
			content.append(Files.readString(this.directory.resolve(name), StandardCharsets.ISO_8859_1));
		}
		return content.toString();
	}

	private int number(String sql) {
		try (Connection connection = DriverManager
			.getConnection("jdbc:sqlite:" + this.directory.resolve("pulsehook.db"));
				Statement statement = connection.createStatement()) {
			return statement.executeQuery(sql).getInt(1);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
