package io.pulsehook.inbox.spool;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.threads.CoreThreads;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares how fast bodies are kept in the spool and events in an inbox that is a file on
 * the same disk.
 */
@Tag("thorough")
@Timeout(120)
class SpoolRateTests {

	private static final int CLIENTS = 64;

	private static final int SECONDS = 3;

	private static final int ROUNDS = 3;

	private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);

	private final AtomicInteger numbers = new AtomicInteger();

	@TempDir
	Path directory;

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
	}

	@Test
	void keepsAtHalfOfTheRateOfTheInboxAtLeast() throws Exception {
		InstantSource clock = InstantSource.system();
		SpoolSettings settings = new SpoolSettings(this.directory.resolve("spool"), DataSize.ofGigabytes(4));
		try (Storage storage = TestDatabase.SQLITE.open(this.directory.resolve("inbox"), clock);
				Spool spool = Spool.open(settings, clock, new CoreThreads())) {
			IntConsumer store = (number) -> storage.inbox().store(List.of(ExampleEvents.openChat("c", number)));
			IntConsumer keep = (number) -> spool.put("default", body(number));
			rate(store);
			rate(keep);
			long stored = 0;
			long kept = 0;
			for (int round = 0; round < ROUNDS; round++) {
				stored += rate(store);
				kept += rate(keep);
			}
			assertThat(kept).as("Kept in %d seconds, in which %d are stored", ROUNDS * SECONDS, stored)
				.isGreaterThan(stored / 2);
			assertThat(spool.status().waiting()).isGreaterThanOrEqualTo(kept);
		}
	}

	private static byte[] body(int number) {
		byte[] element = ExampleEvents.openChat("c", number).body();
		return ("[" + new String(element, StandardCharsets.UTF_8) + "]").getBytes(StandardCharsets.UTF_8);
	}

	// Lets all clients do something again and again, and returns how often they did.
	private int rate(IntConsumer action) throws Exception {
		AtomicInteger done = new AtomicInteger();
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
		List<Future<?>> clients = new ArrayList<>();
		for (int client = 0; client < CLIENTS; client++) {
			clients.add(this.threads.submit(() -> {
				while (System.nanoTime() < end) {
					action.accept(this.numbers.incrementAndGet());
					done.incrementAndGet();
				}
			}));
		}
		for (Future<?> client : clients) {
			client.get(30, TimeUnit.SECONDS);
		}
		return done.get();
	}

}
