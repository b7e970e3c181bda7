package io.pulsehook.inbox;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class HousekeeperTests {

	private static final RetentionPeriods PERIODS = new RetentionPeriods(Duration.ofDays(30), Duration.ofDays(90));

	@TempDir
	Path directory;

	private final SettableClock clock = new SettableClock();

	private Inbox inbox;

	private Housekeeper housekeeper;

	@BeforeEach
	void open() {
		this.inbox = TestInbox.open(this.directory, this.clock);
		this.inbox.subscribe(List.of(), (arrivals) -> {
		});
		this.housekeeper = new Housekeeper(this.inbox, PERIODS);
	}

	@AfterEach
	void close() throws Exception {
		this.housekeeper.stop();
		this.inbox.close();
	}

	@Test
	void deletesAllThatIsOldAndShortensTheFile() {
		this.inbox.store(IntStream.range(0, 3000).mapToObj((i) -> TestEvents.openChat("c", i)).toList());
		this.clock.advance(PERIODS.handled());
		this.housekeeper.runOnce();
		assertThat(number("select count(*) from pulsehook_event")).isZero();
		assertThat(number("select count(*) from pulsehook_minute")).isEqualTo(1);
		assertThat(number("pragma freelist_count")).isLessThanOrEqualTo(number("pragma page_count") / 16);
		this.clock.advance(PERIODS.dead());
		this.housekeeper.runOnce();
		assertThat(number("select count(*) from pulsehook_minute")).isZero();
	}

	@Test
	void logsAFailureOnceAndWithoutItsMessageAndTriesAgain(CapturedOutput output) throws Exception {
		this.inbox.store(List.of(TestEvents.openChat("c", 1)));
		this.clock.advance(PERIODS.handled());
		execute("""
				create trigger refuse before delete on pulsehook_event
				begin select raise(abort, 'secret-refusal'); end""");
		this.housekeeper.runOnce();
		this.housekeeper.runOnce();
		assertThat(output.toString().split("Housekeeping failed", -1)).hasSize(2);
		assertThat(output).contains("io.pulsehook.inbox.InboxUnavailableException");
		assertThat(this.inbox.outage()).isNull();
		execute("drop trigger refuse");
		this.housekeeper.runOnce();
		assertThat(number("select count(*) from pulsehook_event")).isZero();
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

	private static List<Thread> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("pulsehook-housekeeper"))
			.toList();
	}

	private int number(String sql) {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			return statement.executeQuery(sql).getInt(1);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void execute(String sql) throws SQLException {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private Connection connect() throws SQLException {
		return DriverManager.getConnection("jdbc:sqlite:" + this.directory.resolve("pulsehook.db"));
	}

}
