package io.pulsehook.inbox.spool;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

import io.pulsehook.event.EventReader;
import io.pulsehook.inbox.PostgresqlServer;
import io.pulsehook.inbox.SettableClock;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.TestDatabase.Hindrance;
import io.pulsehook.inbox.postgresql.Postgresql;
import io.pulsehook.inbox.replica.LeaseTimes;
import io.pulsehook.receive.BodyEvents;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that webhooks which wait for the inbox when an outage begins go into the spool in
 * the order in which they came.
 */
class SpoolOrderTests {

	private static final String SOURCE = "default";

	/** How long the server may take, after which an outage begins. */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private final TestDatabase database = TestDatabase.POSTGRESQL;

	private final SettableClock clock = new SettableClock();

	private final List<Thread> senders = new ArrayList<>();

	@TempDir
	private Path directory;

	private Storage storage;

	private Spool spool;

	private SpooledInbox inbox;

	private BodyReader reader;

	@BeforeEach
	void open() {
		Postgresql opened = Postgresql.open(PostgresqlServer.pool(TestDatabase.name(this.directory)), PATIENCE,
				LeaseTimes.of(Duration.ofSeconds(60)), true);
		this.storage = Storage.open(TestDatabase.settings(this.directory), opened, this.clock);
		this.spool = Spool.open(new SpoolSettings(this.directory.resolve("spool"), DataSize.ofMegabytes(10)),
				this.clock, this.storage.threads());
		this.inbox = new SpooledInbox(this.storage.inbox(), this.spool);
		this.reader = new BodyEvents(new EventReader(), this.storage.inbox());
	}

	@AfterEach
	void close() throws Exception {
		this.spool.close();
		this.storage.close();
	}

	@Test
	void whatWaitsForTheInboxWhenAnOutageBeginsIsKeptInOrder() throws Exception {
		try (Hindrance turn = this.database.holdTurn(this.directory)) {
			send(0, 60);
			join();
		}
		assertThat(kept()).containsExactlyElementsOf(IntStream.range(0, 60).boxed().toList());
	}

	@Test
	void whatComesMeanwhileGoesBehindWhatStillWaitsForTheInbox() throws Exception {
		try (Hindrance turn = this.database.holdTurn(this.directory)) {
			send(0, 5);
			this.spool.put("other", body(0));
			send(5, 10);
			join();
		}
		assertThat(kept()).containsExactlyElementsOf(IntStream.range(0, 10).boxed().toList());
	}

	@Test
	void nobodyWaitsForLongWhoWantsIntoTheInbox() throws Exception {
		try (Hindrance turn = this.database.holdTurn(this.directory)) {
			send(0, 5);
			this.spool.put("other", body(0));
			send(5, 10);
		}
		SpoolDrain drain = new SpoolDrain(this.spool, this.storage.inbox(), this.reader,
				new SpoolErasure(this.storage.reconciliations(), this.storage.erasure(), new EventReader()::contactId),
				Duration.ofDays(90), this.storage.threads());
		drain.start();
		try {
			join();
			Awaitility.await().until(() -> !this.spool.isTaking());
		}
		finally {
			drain.stop();
		}
		assertThat(this.database.number(this.directory, """
				select count(*) from (
					select row_number() over (order by id) - 1 as place,
						substring(convert_from(body, 'utf8') from 'n(\\d+)n')::int as number
					from pulsehook_event where source = 'default') as e
				where place = number""")).isEqualTo(10);
	}

	// The next one comes when the one before waits.
	private void send(int first, int end) {
		for (int i = first; i < end; i++) {
			byte[] body = body(i);
			Thread sender = new Thread(() -> this.inbox.store(SOURCE, body, this.reader.read(SOURCE, body), null));
			this.senders.add(sender);
			sender.start();
			Awaitility.await()
				.pollInterval(Duration.ofMillis(1))
				.until(() -> sender.getState() != Thread.State.RUNNABLE && sender.getState() != Thread.State.BLOCKED);
		}
	}

	private void join() throws InterruptedException {
		for (Thread sender : this.senders) {
			sender.join(Duration.ofSeconds(30).toMillis());
			assertThat(sender.isAlive()).isFalse();
		}
	}

	private List<Integer> kept() {
		return this.spool.queue()
			.next(1_000)
			.stream()
			.filter((body) -> body.source().equals(SOURCE))
			.map((body) -> number(body.body()))
			.toList();
	}

	private static byte[] body(int number) {
		return """
				[{"title":"open_chat","service":"telegram","bot":{"id":"b"},"contact":{"id":"c","name":"n%dn"}}]"""
			.formatted(number)
			.getBytes(StandardCharsets.UTF_8);
	}

	private static int number(byte[] body) {
		return Integer.parseInt(new String(body, StandardCharsets.UTF_8).replaceAll("(?s).*\"n(\\d+)n\".*", "$1"));
	}

}
