package io.pulsehook.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests histories of many contacts that write at random while the handler fails at
 * random: each event is in exactly one successful burst, in order. On PostgreSQL, two
 * replicas run them.
 */
class BurstHistoryTests extends BurstFixture {

	private static final int CONTACTS = 100;

	private static final int SECONDS = 60;

	private final Queue<Call> succeeded = new ConcurrentLinkedQueue<>();

	private final Map<String, Integer> written = new HashMap<>();

	@Test
	void hasEachEventInOneSuccessfulBurstInOrder() throws Exception {
		check(new Random().nextLong());
	}

	@Tag("thorough")
	@RepeatedTest(10)
	void hasEachEventInOneSuccessfulBurstInOrderWhateverTheSeed() throws Exception {
		check(new Random().nextLong());
	}

	private void check(long seed) throws Exception {
		Random failures = new Random(seed);
		this.behaviour = (events, delivery) -> {
			synchronized (failures) {
				if (delivery.attempt() < 4 && failures.nextInt(5) == 0) {
					throw new IllegalStateException();
				}
			}
			this.succeeded.add(Call.of(events, delivery));
		};
		start(this.storage, handler(7));
		if (this.database == TestDatabase.POSTGRESQL) {
			try (Storage other = this.database.open(this.directory, this.clock)) {
				start(other, handler(7));
				write(new Random(seed));
				stop();
			}
		}
		else {
			write(new Random(seed));
		}
		assertThat(this.written).as("seed %d", seed).allSatisfy(this::assertHandledOnceInOrder);
		assertThat(attempts()).as("What each delivery was tried with, seed %d", seed)
			.allSatisfy((id, attempts) -> assertThat(attempts).extracting(Call::numbers)
				.containsOnly(attempts.get(0).numbers()));
	}

	// Lets contacts write for a minute, and then waits for everything.
	private void write(Random random) {
		for (int second = 0; second < SECONDS; second++) {
			for (int message = random.nextInt(20); message > 0; message--) {
				write("c" + random.nextInt(CONTACTS), 1 + random.nextInt(2));
			}
			advance(1);
		}
		Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20)).until(() -> {
			advance(1);
			return this.storage.deliveries().unfinished().isEmpty();
		});
	}

	private void write(String contact, int messages) {
		int before = this.written.getOrDefault(contact, 0);
		store(contact, IntStream.rangeClosed(before + 1, before + messages).toArray());
		this.written.put(contact, before + messages);
	}

	private void assertHandledOnceInOrder(String contact, int messages) {
		List<List<Integer>> bursts = this.succeeded.stream()
			.filter((call) -> call.contact().equals(contact))
			.map(Call::numbers)
			.toList();
		assertThat(bursts.stream().flatMap(List::stream).toList()).as("%s: %s", contact, bursts)
			.isEqualTo(IntStream.rangeClosed(1, messages).boxed().toList());
		assertThat(bursts).allSatisfy((numbers) -> assertThat(numbers).hasSizeLessThanOrEqualTo(7));
	}

	private Map<String, List<Call>> attempts() {
		Map<String, List<Call>> attempts = new HashMap<>();
		this.calls.forEach((call) -> attempts.computeIfAbsent(call.id(), (id) -> new ArrayList<>()).add(call));
		return Collections.unmodifiableMap(attempts);
	}

}
