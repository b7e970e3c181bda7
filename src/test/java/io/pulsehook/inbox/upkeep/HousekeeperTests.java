package io.pulsehook.inbox.upkeep;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.SettableClock;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.TestDatabase.Hindrance;
import io.pulsehook.inbox.model.InboxListener;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.threads.GuardedLoop;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
@ParameterizedClass
@EnumSource(TestDatabase.class)
class HousekeeperTests {

	@Parameter
	TestDatabase database;

	private static final RetentionPeriods PERIODS = new RetentionPeriods(Duration.ofDays(30), Duration.ofDays(90));

	@TempDir
	Path directory;

	private final SettableClock clock = new SettableClock();

	/**
	 * Threads that run already, among them housekeepers of contexts that other tests
	 * keep.
	 */
	private final Set<Thread> others = Thread.getAllStackTraces().keySet();

	private Storage storage;

	private Housekeeper housekeeper;

	@BeforeEach
	void open() {
		this.storage = this.database.open(this.directory, this.clock);
		this.storage.inbox().subscribe(List.of(), (arrivals) -> {
		});
		this.housekeeper = this.storage.housekeeper(PERIODS);
	}

	@AfterEach
	void close() throws Exception {
		this.housekeeper.stop();
		this.storage.close();
	}

	@Test
	void deletesAllThatIsOld() {
		this.storage.inbox().store(IntStream.range(0, 3000).mapToObj((i) -> ExampleEvents.openChat("c", i)).toList());
		this.clock.advance(PERIODS.handled());
		this.housekeeper.runOnce();
		assertThat(number("select count(*) from pulsehook_event")).isZero();
		assertThat(number("select count(*) from pulsehook_minute")).isEqualTo(1);
		this.clock.advance(PERIODS.dead());
		this.housekeeper.runOnce();
		assertThat(number("select count(*) from pulsehook_minute")).isZero();
	}

	@Test
	void logsAFailureOnceAndWithoutItsMessageAndTriesAgain(CapturedOutput output) throws Exception {
		this.storage.inbox().store(List.of(ExampleEvents.openChat("c", 1)));
		this.clock.advance(PERIODS.handled());
		Hindrance refusal = this.database.refuse(this.directory, "delete on pulsehook_event", "true", "secret-refusal");
		this.housekeeper.runOnce();
		this.housekeeper.runOnce();
		assertThat(output.toString().split("Housekeeping failed", -1)).hasSize(2);
		assertThat(output).doesNotContain("secret-refusal");
		assertThat(this.storage.inbox().outage()).isNull();
		refusal.close();
		this.housekeeper.runOnce();
		assertThat(number("select count(*) from pulsehook_event")).isZero();
	}

	@Test
	void triesAgainSoonerThanUsualAfterAFailure() throws Exception {
		GuardedLoop loop = GuardedLoop.of("unused", (self) -> Duration.ZERO, this.storage.threads());
		this.storage.inbox().store(List.of(ExampleEvents.openChat("c", 1)));
		this.clock.advance(PERIODS.handled());
		try (Hindrance refusal = this.database.refuse(this.directory, "delete on pulsehook_event", "true", "no")) {
			assertThat(this.housekeeper.run(loop)).isEqualTo(Duration.ofMinutes(1));
		}
		assertThat(this.housekeeper.run(loop)).isEqualTo(Duration.ofHours(1));
	}

	@Test
	void forgetsEndsOfTheProcessOnWhatIsFinishedOrRunAnew() throws Exception {
		this.storage.inbox().subscribe(List.of(new Subscription("h", Set.of("OpenChat"), true)), (arrivals) -> {
		});
		this.storage.inbox().store(IntStream.range(0, 1003).mapToObj((i) -> ExampleEvents.openChat("c", i)).toList());
		this.database.execute(this.directory,
				"insert into pulsehook_interruption (event_id, handler, run, times) "
						+ "select event_id, handler, run, 1 + event_id % 2 from pulsehook_delivery",
				"update pulsehook_delivery set status = 'done', finished_at = 1, due_at = null where event_id > 2",
				"update pulsehook_delivery set run = 2 where event_id = 2");
		this.housekeeper.runOnce();
		assertThat(number("select count(*) from pulsehook_interruption")).isEqualTo(1);
		assertThat(number("select event_id from pulsehook_interruption")).isEqualTo(1);
	}

	@Test
	void hasADaemonThreadOfItsOwnAndStopsAtOnce() {
		this.housekeeper.start();
		assertThat(this.housekeeper.isRunning()).isTrue();
		assertThat(threads()).singleElement().extracting(Thread::isDaemon).isEqualTo(true);
		long start = System.nanoTime();
		this.housekeeper.stop();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
		assertThat(this.housekeeper.isRunning()).isFalse();
		Awaitility.await().untilAsserted(() -> assertThat(threads()).isEmpty());
	}

	@Test
	void isOneThreadAlsoWhenItIsStartedAgainWhileItIsStillBusy() throws Exception {
		WriterAtRest writer = new WriterAtRest();
		this.storage.inbox().listen(writer);
		this.storage.inbox().store(List.of(ExampleEvents.openChat("c", 1)));
		this.clock.advance(PERIODS.handled());
		try (writer) {
			this.housekeeper.start(Duration.ZERO);
			Awaitility.await().untilAsserted(() -> assertThat(stacks()).contains("deleteNext"));
			Thread.currentThread().interrupt();
			this.housekeeper.stop();
			assertThat(Thread.interrupted()).isTrue();
			this.housekeeper.start(Duration.ofHours(1));
			assertThat(threads()).hasSize(2);
		}
		Awaitility.await().untilAsserted(() -> assertThat(threads()).hasSize(1));
		assertThat(this.storage.threads().lostOthers()).isEmpty();
	}

	private List<String> stacks() {
		return threads().stream()
			.flatMap((thread) -> Arrays.stream(thread.getStackTrace()))
			.map(StackTraceElement::getMethodName)
			.toList();
	}

	private List<Thread> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("pulsehook-housekeeper") && !this.others.contains(thread))
			.toList();
	}

	private int number(String query) {
		return this.database.number(this.directory, query);
	}

	/**
	 * Holds the writer after a transaction, so that it begins no other.
	 */
	private static final class WriterAtRest implements InboxListener, AutoCloseable {

		private final CountDownLatch end = new CountDownLatch(1);

		@Override
		public void committed(int writes, Duration time) {
			try {
				this.end.await(20, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		@Override
		public void close() {
			this.end.countDown();
		}

	}

}
