package io.pulsehook.inbox.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.SettableClock;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.model.DataDirectoryException;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.model.Outage;
import io.pulsehook.inbox.model.Subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests what happens when the database file no longer contains what was written into it.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(OutputCaptureExtension.class)
class DamagedDatabaseTests {

	private static final int PAGE = 8192;

	@TempDir
	private Path directory;

	private final SettableClock clock = new SettableClock();

	@BeforeEach
	void create() throws Exception {
		try (Storage storage = open()) {
			storage.inbox().store(List.of(ExampleEvents.openChat("c", 1)));
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 100, PAGE })
	void isNamedAtTheStart(long position) throws IOException {
		overwrite(position, 2 * PAGE);
		assertThatExceptionOfType(DataDirectoryException.class).isThrownBy(this::open)
			.withMessageContaining("The database '" + this.directory.resolve("pulsehook.db") + "' is damaged: [SQLITE_")
			.satisfies((ex) -> assertThat(ex.action()).contains("'Backup and restore' in docs/operations.md")
				.contains(".recover"));
	}

	@Test
	void isAnOutageThatEndsWithTheProcess(CapturedOutput output) throws Exception {
		overwriteRootOf("pulsehook_event");
		try (Storage storage = open()) {
			for (int i = 2; i < 5; i++) {
				int number = i;
				assertThatExceptionOfType(InboxUnavailableException.class)
					.isThrownBy(() -> storage.inbox().store(List.of(ExampleEvents.openChat("c", number))));
			}
			Outage outage = storage.inbox().outage();
			assertThat(outage).isNotNull();
			assertThat(outage.reason()).contains("SQLITE_CORRUPT");
			assertThatExceptionOfType(RuntimeException.class).as("What waits for the end of an outage")
				.isThrownBy(() -> subscribe(storage))
				.withStackTraceContaining("is damaged");
		}
		assertThat(output).containsOnlyOnce("pulsehook.db' is damaged: [SQLITE_CORRUPT")
			.contains("'Backup and restore' in docs/operations.md");
	}

	@Test
	void keepsNoStartWaiting() throws Exception {
		overwriteRootOf("pulsehook_handler");
		try (Storage storage = open()) {
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> subscribe(storage))
				.withStackTraceContaining("is damaged");
		}
	}

	private static void subscribe(Storage storage) {
		storage.inbox().subscribe(List.of(new Subscription("handler", Set.of("OpenChat"), true)), (arrivals) -> {
		});
	}

	private Storage open() {
		return TestDatabase.SQLITE.open(this.directory, this.clock);
	}

	private void overwriteRootOf(String table) throws IOException {
		int page = TestDatabase.SQLITE.number(this.directory,
				"select rootpage from sqlite_schema where name = '" + table + "'");
		overwrite((page - 1L) * PAGE, PAGE);
	}

	private void overwrite(long position, int length) throws IOException {
		byte[] garbage = "damage!!".repeat(length / 8).getBytes(StandardCharsets.US_ASCII);
		try (FileChannel file = FileChannel.open(this.directory.resolve("pulsehook.db"), StandardOpenOption.WRITE)) {
			file.write(ByteBuffer.wrap(garbage), position);
		}
	}

}
