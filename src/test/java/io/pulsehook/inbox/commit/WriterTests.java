package io.pulsehook.inbox.commit;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.Faults;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.InboxListener;
import io.pulsehook.inbox.write.Session;
import io.pulsehook.inbox.write.Subscriptions;
import io.pulsehook.inbox.write.Write;
import io.pulsehook.threads.CoreThreads;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the writer survives whatever is thrown, wherever it is thrown.
 */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class WriterTests {

	private static final Duration SOON = Duration.ofMillis(20);

	@Parameter
	TestDatabase kind;

	@TempDir
	Path directory;

	private final CoreThreads threads = new CoreThreads();

	private final Prefetch prefetch = new Prefetch();

	private volatile boolean memoryIsFull;

	private Database database;

	private Faults faults;

	private Writer writer;

	@BeforeEach
	void open() {
		this.database = this.kind.database(this.directory);
		this.faults = new Faults(this.database);
		this.writer = new Writer(this.faults.dialect(), new Subscriptions(), this.prefetch, (arrivals) -> {
		}, new InboxListener() {
		}, this::now, this.threads);
	}

	private Instant now() {
		if (this.memoryIsFull) {
			throw new OutOfMemoryError();
		}
		return Instant.now();
	}

	@AfterEach
	void close() throws Exception {
		this.memoryIsFull = false;
		this.faults.end();
		this.writer.close();
		this.database.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "begin", "announce", "commit", "writer", "probe" })
	void answersEachWriteAndGoesOnWhateverIsThrownAnywhere(String place) {
		this.writer.probeEvery(SOON);
		for (Throwable thrown : List.of(new IllegalStateException(), new OutOfMemoryError(), new StackOverflowError(),
				this.faults.refusal(), new SQLException("cut", "08006"))) {
			this.faults.at(place, thrown);
			for (int i = 0; i < 3; i++) {
				CompletableFuture<Boolean> write = this.writer.submit((session) -> true);
				await(() -> assertThat(write).as("%s at %s", thrown, place).isDone());
			}
			this.faults.end();
			awaitWritable();
		}
		assertThat(this.threads.lostVital()).isEmpty();
	}

	// The writer also begins transactions of its own, to release what was handed over or
	// to check the server.
	@Test
	void beginsAnOutageLikeAnyOtherWhenItFailsWithoutAnyWrite() {
		this.writer.probeEvery(SOON);
		for (Throwable thrown : List.of(new IllegalStateException(), new OutOfMemoryError(), this.faults.refusal())) {
			this.faults.at("begin", thrown);
			letGo();
			await(() -> assertThat(this.writer.outage()).as("Outage after %s", thrown).isNotNull());
			assertThat(this.writer.submit((session) -> true)).isCompletedExceptionally();
			this.faults.end();
			awaitWritable();
		}
	}

	private void letGo() {
		this.prefetch
			.reject(List.of(DueDelivery.stored(1, "h", null, 0, ExampleEvents.openChat("c", 1), Instant.EPOCH, null)));
	}

	@Test
	void answersAWriteThatCannotBeFailedForWantOfMemory() {
		CompletableFuture<Boolean> write = this.writer.submit((session) -> {
			this.memoryIsFull = true;
			throw new SQLException("cut", "08006");
		});
		await(() -> assertThat(this.memoryIsFull).isTrue());
		Awaitility.await().during(Duration.ofMillis(200)).until(() -> !write.isDone());
		this.memoryIsFull = false;
		await(() -> assertThat(write).isCompletedExceptionally());
		awaitWritable();
	}

	@Test
	void writesWhatIsSureAfterAnythingThatWasThrown() {
		this.faults.at("begin", new OutOfMemoryError());
		CompletableFuture<Boolean> sure = this.writer.submitSurely((session) -> true);
		await(() -> assertThat(this.writer.outage()).isNotNull());
		this.faults.end();
		await(() -> assertThat(sure).isCompletedWithValue(true));
	}

	@Test
	void findsOneThatIsRefusedAmongManyInFewCommits() throws Exception {
		CompletableFuture<Boolean> gathered = new CompletableFuture<>();
		CompletableFuture<Boolean> first = this.writer.submit((session) -> gathered.join());
		List<CompletableFuture<Boolean>> innocent = new ArrayList<>();
		IntStream.range(0, 128).forEach((i) -> innocent.add(this.writer.submit((session) -> true)));
		CompletableFuture<Boolean> refused = this.writer.submit((session) -> {
			throw this.faults.refusal();
		});
		IntStream.range(0, 128).forEach((i) -> innocent.add(this.writer.submit((session) -> true)));
		gathered.complete(true);
		first.join();
		int before = this.faults.transactions();
		assertThat(innocent).allSatisfy((write) -> assertThat(write.get(20, TimeUnit.SECONDS)).isTrue());
		await(() -> assertThat(refused).isCompletedExceptionally());
		assertThat(this.faults.transactions() - before).isLessThan(25);
		assertThat(this.writer.outage()).isNull();
	}

	@Test
	void doesNotWriteAgainWhatFailedAfterItsCommit() throws Exception {
		List<CompletableFuture<Boolean>> writes = gather(IntStream.range(0, 4).mapToObj((i) -> (session) -> {
			this.faults.at("verify", new IllegalStateException());
			session.execute("insert into pulsehook_order (ordering_key, event_id, updated_at) "
					+ "select coalesce(max(ordering_key), 0) + 1, 1, 1 from pulsehook_order");
			return true;
		}));
		assertThat(writes).allSatisfy((write) -> await(() -> assertThat(write).isCompletedExceptionally()));
		this.faults.end();
		awaitWritable();
		assertThat(this.kind.number(this.directory, "select count(*) from pulsehook_order")).isEqualTo(4);
	}

	@Test
	void beginsAnOutageWhenAllFailsAndTheDatabaseIsNotToBlame() {
		gather(IntStream.range(0, 5).mapToObj((i) -> WriterTests::fail));
		await(() -> assertThat(this.writer.outage()).isNotNull());
		awaitWritable();
	}

	@Test
	void beginsAnOutageWhenOneAfterTheOtherFailsAndTheDatabaseIsNotToBlame() {
		failOne();
		assertThat(this.writer.outage()).isNull();
		for (int round = 0; round < 2; round++) {
			failOne();
			await(() -> assertThat(this.writer.outage()).isNotNull());
			await(() -> assertThat(this.writer.outage()).isNull());
			letGo();
			await(() -> assertThat(this.prefetch.hasRejected()).isFalse());
			assertThat(this.writer.outage()).as("After a write of nothing").isNull();
		}
		awaitWritable();
		failOne();
		assertThat(this.writer.submit((session) -> true).join()).isTrue();
	}

	private void failOne() {
		CompletableFuture<Boolean> failed = this.writer.submit(WriterTests::fail);
		await(() -> assertThat(failed).isCompletedExceptionally());
	}

	@Test
	void beginsNoOutageWhenSomeFailAmongOthers() {
		for (int i = 0; i < 3; i++) {
			failOne();
			List<CompletableFuture<Boolean>> writes = gather(
					Stream.of((session) -> true, WriterTests::fail, WriterTests::fail));
			await(() -> assertThat(writes.get(2)).isCompletedExceptionally());
			assertThat(writes.get(0)).isCompletedWithValue(true);
			assertThat(this.writer.submit((session) -> true).join()).isTrue();
		}
		assertThat(this.writer.outage()).isNull();
	}

	private static boolean fail(Session session) {
		throw new IllegalStateException();
	}

	// Submits writes so that they share one commit.
	private List<CompletableFuture<Boolean>> gather(Stream<Write<Boolean>> writes) {
		CompletableFuture<Boolean> begun = new CompletableFuture<>();
		CompletableFuture<Boolean> gathered = new CompletableFuture<>();
		CompletableFuture<Boolean> first = this.writer.submit((session) -> begun.complete(true) && gathered.join());
		// Nothing begins during an outage.
		begun.orTimeout(20, TimeUnit.SECONDS).join();
		List<CompletableFuture<Boolean>> submitted = writes.map(this.writer::submit).toList();
		gathered.complete(true);
		assertThat(first.join()).isTrue();
		return submitted;
	}

	// An outage ends only after some pauses of the writer, so this waits for a write that
	// succeeds.
	private void awaitWritable() {
		await(() -> assertThat(this.writer.submit((session) -> true).get(1, TimeUnit.SECONDS)).isTrue());
		assertThat(this.writer.outage()).isNull();
	}

	private static void await(ThrowingRunnable assertion) {
		Awaitility.await()
			.dontCatchUncaughtExceptions()
			.atMost(Duration.ofSeconds(15))
			.pollInterval(Duration.ofMillis(10))
			.ignoreExceptions()
			.untilAsserted(assertion);
	}

}
