package io.pulsehook.inbox.upkeep;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.SettableClock;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.model.ClaimRequest;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.model.Traffic;

import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class SweepTests {

	@Parameter
	TestDatabase database;

	@TempDir
	Path directory;

	private final SettableClock clock = new SettableClock();

	private final List<String> arrived = new CopyOnWriteArrayList<>();

	private Storage storage;

	@BeforeEach
	void open() {
		this.storage = this.database.open(this.directory, this.clock);
		subscribe();
	}

	private void subscribe() {
		this.storage.inbox()
			.subscribe(
					List.of(new Subscription("h", Set.of("OpenChat"), true),
							new Subscription("other", Set.of("OpenChat"), true)),
					(arrivals) -> this.arrived.addAll(arrivals.handlers()));
	}

	@AfterEach
	void close() throws Exception {
		this.storage.close();
	}

	@Test
	void wakesTheFirstOfEachKeyOfEachHandlerAndTellsTheDispatcher() throws Exception {
		store("a", 1, 2, 3);
		store("b", 1, 2);
		store("c", 1, 2);
		execute("delete from pulsehook_delivery where event_id in (1, 4) and handler = 'h'");
		this.storage.upkeep().space().truncateLog();
		this.arrived.clear();
		assertThat(this.storage.upkeep().sweep().wakeBlocked()).isEqualTo(2);
		assertThat(due("h")).containsExactly(2L, 5L, 6L);
		assertThat(due("other")).containsExactly(1L, 4L, 6L);
		Awaitility.await().untilAsserted(() -> assertThat(this.arrived).containsExactly("h"));
	}

	@Test
	void wakesNobodyWhoHasSomeoneBeforeThem() {
		store("a", 1, 2, 3);
		assertThat(this.storage.upkeep().sweep().wakeBlocked()).isZero();
	}

	@Test
	void goesByThePlaceInTheKeyAndNotByTheEvent() throws Exception {
		store("a", 1, 2, 3);
		execute("update pulsehook_delivery set position = 7, due_at = null where event_id = 1 and handler = 'h'");
		assertThat(this.storage.upkeep().sweep().wakeBlocked()).isEqualTo(1);
		assertThat(due("h")).containsExactly(2L);
	}

	@Test
	void isDoneWhenHandlersSubscribe() throws Exception {
		store("a", 1, 2);
		execute("delete from pulsehook_delivery where event_id = 1 and handler = 'h'");
		subscribe();
		assertThat(due("h")).containsExactly(2L);
	}

	@Test
	void wakesManyInSeveralBatches() throws Exception {
		for (int contact = 0; contact < 1200; contact++) {
			store("c" + contact, 1);
		}
		execute("update pulsehook_delivery set due_at = null where handler = 'h'");
		assertThat(this.storage.upkeep().sweep().wakeBlocked()).isEqualTo(1200);
		assertThat(this.storage.upkeep().sweep().wakeBlocked()).isZero();
	}

	@Test
	void isAsQuickOnALongQueue() {
		store("a", -1);
		Duration before = best();
		for (int batch = 0; batch < 50; batch++) {
			store("a", IntStream.range(batch * 1000, batch * 1000 + 1000).toArray());
		}
		assertThat(best()).isLessThan(before.plusMillis(10));
	}

	// Measures a sweep that finds nothing to do.
	private Duration best() {
		long best = Long.MAX_VALUE;
		for (int i = 0; i < 10; i++) {
			long start = System.nanoTime();
			assertThat(this.storage.upkeep().sweep().wakeBlocked()).isZero();
			best = Math.min(best, System.nanoTime() - start);
		}
		return Duration.ofNanos(best);
	}

	private void store(String contact, int... numbers) {
		this.storage.inbox()
			.store(IntStream.of(numbers).mapToObj((number) -> ExampleEvents.openChat(contact, number)).toList());
	}

	private List<Long> due(String handler) {
		return this.storage.deliveries()
			.claim(new ClaimRequest(handler, Traffic.LIVE, this.clock.instant(), 100), (id) -> false)
			.deliveries()
			.stream()
			.map(DueDelivery::eventId)
			.toList();
	}

	private void execute(String sql) throws SQLException {
		this.database.execute(this.directory, sql);
	}

}
