package io.pulsehook.inbox.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.SettableClock;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.model.ClaimRequest;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.model.Traffic;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what is known of the deliveries in work after the process ended abruptly, which
 * leaves the file as it is.
 */
class AtWorkTests {

	@TempDir
	Path directory;

	@Test
	void findsWhatHandlersWereAtWorkOnWhenTheProcessEnded() throws IOException {
		AtWork process = AtWork.in(this.directory);
		process.clear();
		process.begin(delivery(1, "a"));
		process.end(process.begin(delivery(2, "a")));
		process.begin(delivery(3, "b"));
		List<AtWork.Left> left = AtWork.in(this.directory).left();
		assertThat(left).extracting(AtWork.Left::event).containsExactlyInAnyOrder(1L, 3L);
		assertThat(left).allMatch((each) -> each.isOf((each.event() == 1) ? "a" : "b"));
		assertThat(AtWork.in(this.directory).number()).isEqualTo(process.number());
	}

	@Test
	void findsNothingAfterAnOrderlyEnd() throws IOException {
		AtWork process = AtWork.in(this.directory);
		process.clear();
		int deaf = process.begin(delivery(1, "a"));
		process.close();
		process.end(deaf);
		assertThat(AtWork.in(this.directory).left()).isEmpty();
	}

	@Test
	void isReadableByItsOwnerOnly() throws IOException {
		AtWork.in(this.directory).close();
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.directory.resolve(AtWork.FILE))))
			.isEqualTo("rw-------");
	}

	@Test
	void goesOnWithoutASlotWhenAllAreTaken() throws IOException {
		AtWork process = AtWork.in(this.directory);
		process.clear();
		List<Integer> work = IntStream.range(1, 5_000).map((i) -> process.begin(delivery(i, "a"))).boxed().toList();
		assertThat(process.left()).hasSize(4_096);
		work.forEach(process::end);
		assertThat(process.left()).isEmpty();
	}

	@Test
	void countsWhatIsLeftOnceHoweverOftenTheNextOneEndsWhileItCounts() throws Exception {
		SettableClock clock = new SettableClock();
		try (Storage storage = TestDatabase.SQLITE.open(this.directory, clock)) {
			storage.inbox().subscribe(List.of(new Subscription("h", Set.of("OpenChat"), true)), (arrivals) -> {
			});
			storage.inbox().store(List.of(ExampleEvents.openChat("c", 1), ExampleEvents.openChat("d", 1)));
		}
		AtWork killed = AtWork.in(this.directory);
		killed.begin(delivery(1, "h"));
		byte[] left = Files.readAllBytes(this.directory.resolve(AtWork.FILE));
		for (int start = 0; start < 3; start++) {
			Files.write(this.directory.resolve(AtWork.FILE), left);
			TestDatabase.SQLITE.open(this.directory, clock).close();
		}
		try (Storage storage = TestDatabase.SQLITE.open(this.directory, clock)) {
			assertThat(TestDatabase.SQLITE.number(this.directory, "select times from pulsehook_interruption")).isOne();
			TestDatabase.SQLITE.execute(this.directory, "update pulsehook_interruption set times = 2");
			List<DueDelivery> interrupted = storage.deliveries()
				.claim(new ClaimRequest("h", Traffic.LIVE, clock.instant(), 1, true), (event) -> false)
				.deliveries();
			assertThat(interrupted).extracting(DueDelivery::eventId).containsExactly(1L);
			assertThat(interrupted).extracting(DueDelivery::interruptions).containsExactly(2);
			assertThat(storage.deliveries()
				.claim(new ClaimRequest("h", Traffic.LIVE, clock.instant(), 10), (event) -> false)
				.deliveries()).extracting(DueDelivery::eventId).containsExactly(2L);
		}
	}

	// The bound is loose: the test only notices when an entry takes microseconds.
	@Test
	void costsNextToNothing() throws IOException {
		AtWork process = AtWork.in(this.directory);
		DueDelivery delivery = delivery(1, "a");
		long best = Long.MAX_VALUE;
		for (int round = 0; round < 20; round++) {
			long began = System.nanoTime();
			IntStream.range(0, 10_000).forEach((i) -> process.end(process.begin(delivery)));
			best = Math.min(best, System.nanoTime() - began);
		}
		assertThat(Duration.ofNanos(best / 10_000)).isLessThan(Duration.ofNanos(2_000));
	}

	private static DueDelivery delivery(long event, String handler) {
		return DueDelivery.stored(event, handler, null, 0, ExampleEvents.openChat("c", 1), Instant.EPOCH, null);
	}

}
