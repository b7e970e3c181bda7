package io.pulsehook.inbox.sqlite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.SettableClock;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.TestOutcomes;
import io.pulsehook.inbox.model.ClaimRequest;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.model.Outcome;
import io.pulsehook.inbox.model.Outcome.Failure;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.model.Traffic;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that an erasure leaves nothing readable in the files of the database.
 */
class SqliteErasureTests {

	private static final int PERSONS = 60;

	@TempDir
	Path directory;

	private final SettableClock clock = new SettableClock();

	private Storage storage;

	@BeforeEach
	void open() {
		this.storage = TestDatabase.SQLITE.open(this.directory, this.clock);
		this.storage.inbox().subscribe(List.of(new Subscription("h", Set.of("OpenChat"), true)), (arrivals) -> {
		});
	}

	@AfterEach
	void close() throws Exception {
		this.storage.close();
	}

	@Test
	void leavesNothingReadableInTheFiles() throws IOException {
		String body = "{\"phone\":\"+380501234567\",\"text\":\"%s\"}".formatted("secret words ".repeat(3000));
		NewEvent large = ExampleEvents.event("OpenChat", "contact-a", 1L, ExampleEvents.identity("1", false), body);
		NewEvent small = ExampleEvents.event("OpenChat", "contact-a", 1L, ExampleEvents.identity("2", false),
				"{\"phone\":\"+380501234567\"}");
		this.storage.inbox().store(List.of(ExampleEvents.openChat("b", 1), ExampleEvents.openChat("b", 2)));
		this.storage.inbox().store(List.of(large, small));
		this.storage.inbox().store(List.of(ExampleEvents.openChat("c", 1), ExampleEvents.openChat("c", 2)));
		fail("cannot call +380501234567");
		fail("cannot say secret words");
		assertThat(readable("+380501234567", "secret words", "contact-a")).hasSize(3);
		this.storage.erasure().erase("contact-a", (any) -> null);
		assertThat(readable("+380501234567", "secret words", "contact-a")).isEmpty();
	}

	@Test
	void leavesNothingReadableOfWhatWasRewrittenBefore() throws IOException {
		Random random = new Random(1);
		for (int round = 0; round < 30; round++) {
			List<NewEvent> events = events(round, random);
			this.storage.inbox().store(events);
			// Counted duplicates and retries make rows longer, so that they move.
			this.storage.inbox().store(events.subList(0, random.nextInt(PERSONS)));
			this.storage.inbox().store(events.subList(0, random.nextInt(PERSONS)));
			due().forEach((delivery) -> failOrNot(delivery, random));
		}
		assertThat(readable("person-20")).hasSize(1);
		this.storage.erasure().erase("person-20", (any) -> null);
		assertThat(readable("person-20", "person-21")).containsExactly("person-21");
	}

	private static List<NewEvent> events(int round, Random random) {
		return IntStream.range(10, 10 + PERSONS).mapToObj((number) -> {
			String contact = "person-" + number;
			String body = "{\"who\":\"" + contact + "x".repeat(random.nextInt(3000)) + "\"}";
			return ExampleEvents.event("OpenChat", contact, (long) number,
					ExampleEvents.identity(number + "/" + round, false), body);
		}).toList();
	}

	private void failOrNot(DueDelivery delivery, Random random) {
		String who = "about " + new String(delivery.body(), 8, 9, StandardCharsets.UTF_8);
		Failure failure = new Failure(who + "y".repeat(random.nextInt(900)), who + "z".repeat(random.nextInt(9000)));
		Instant retryAt = (random.nextInt(3) > 0) ? this.clock.instant() : null;
		Outcome outcome = TestOutcomes.of(delivery, this.clock.instant(), this.clock.instant(),
				(random.nextInt(3) > 0) ? failure : null, retryAt);
		this.storage.deliveries().finish(outcome);
	}

	// The third event belongs to the contact that is erased.
	private void fail(String error) {
		DueDelivery delivery = due().stream().filter((due) -> due.eventId() == 3).findFirst().orElseThrow();
		Outcome outcome = TestOutcomes.of(delivery, this.clock.instant(), this.clock.instant(),
				new Failure(error, error + " at frame"), this.clock.instant());
		assertThat(this.storage.deliveries().finish(outcome).join()).isTrue();
	}

	private List<DueDelivery> due() {
		return this.storage.deliveries()
			.claim(new ClaimRequest("h", Traffic.LIVE, this.clock.instant(), 100), (id) -> false)
			.deliveries();
	}

	// Returns those texts that are anywhere in the files.
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

}
