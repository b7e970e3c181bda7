package io.pulsehook.inbox.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.pulsehook.files.Secrets;
import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.SettableClock;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.model.Outage;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.StoredEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests changes to the files of the data directory while they are open: the inbox must
 * not say that it has stored an event that would vanish.
 */
class LostFilesTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

	@TempDir
	private Path temporary;

	private Path directory;

	private final SettableClock clock = new SettableClock();

	private Storage storage;

	@BeforeEach
	void open() throws IOException {
		this.directory = Files.createDirectories(this.temporary.resolve("data"));
		this.storage = TestDatabase.SQLITE.open(this.directory, this.clock);
		store(1);
	}

	@AfterEach
	void close() throws Exception {
		this.storage.close();
	}

	@Test
	void storesNothingIntoADeletedDatabase() throws IOException {
		for (String file : List.of("pulsehook.db", "pulsehook.db-wal", "pulsehook.db-shm")) {
			Files.delete(this.directory.resolve(file));
		}
		assertRefused("pulsehook.db' was deleted or replaced");
		assertThat(this.directory.resolve("pulsehook.db")).as("A new one, in which events would be missing")
			.doesNotExist();
	}

	@ParameterizedTest
	@ValueSource(strings = { "pulsehook.db", "pulsehook.db-wal", "pulsehook.db-shm" })
	void noticesADeletedFileWithoutAnyWrite(String file) throws IOException {
		Files.delete(this.directory.resolve(file));
		Awaitility.await().atMost(PATIENCE).until(() -> this.storage.inbox().outage() != null);
		assertOutage(file + "' was deleted or replaced");
	}

	@Test
	void storesNothingBesideADatabaseThatWasPutInItsPlace() throws IOException {
		Path database = this.directory.resolve("pulsehook.db");
		Files.move(database, this.temporary.resolve("former"));
		Files.copy(this.temporary.resolve("former"), database);
		assertRefused("pulsehook.db' was deleted or replaced");
		assertThatExceptionOfType(RuntimeException.class).as("Reads the log of one with the other")
			.isThrownBy(() -> this.storage.events().page(EventFilter.ALL, null, 10));
	}

	@Test
	void goesOnWhenTheFileIsBack() throws Exception {
		Path database = this.directory.resolve("pulsehook.db");
		Path elsewhere = this.temporary.resolve("elsewhere");
		Files.move(database, elsewhere);
		assertRefused("pulsehook.db' was deleted or replaced");
		Files.move(elsewhere, database);
		Awaitility.await().atMost(PATIENCE).until(() -> this.storage.inbox().outage() == null);
		store(3);
		reopen(this.directory);
		assertThat(titles()).contains("c1", "c3");
	}

	@Test
	void savesWhatADeletedLogHas() throws Exception {
		store(2);
		Files.delete(this.directory.resolve("pulsehook.db-wal"));
		assertRefused("pulsehook.db-wal' was deleted or replaced");
		// The copy is what a start after a crash would find.
		Path crashed = Files.createDirectory(this.temporary.resolve("crashed"));
		Files.copy(this.directory.resolve("pulsehook.db"), crashed.resolve("pulsehook.db"));
		reopen(crashed);
		assertThat(titles()).contains("c1", "c2");
	}

	@Test
	void doesNotSayThatAllWasSavedWhileAReaderHoldsItUp() throws Exception {
		try (Connection reader = TestDatabase.SQLITE.connect(this.directory);
				Statement statement = reader.createStatement()) {
			statement.execute("begin");
			statement.executeQuery("select count(*) from pulsehook_event").close();
			store(2);
			Files.delete(this.directory.resolve("pulsehook.db-wal"));
			assertRefused("is being written into the database, which readers hold up");
		}
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertOutage("What it had was written into the database"));
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void saysWhyALockCannotBeMadeAgain() throws IOException {
		Path lock = this.directory.resolve("inbox.lock");
		Files.delete(lock);
		Files.createSymbolicLink(lock, Path.of("/dev/full"));
		Awaitility.await().atMost(PATIENCE).until(() -> this.storage.inbox().outage() != null);
		assertOutage("inbox.lock' was deleted or replaced, and cannot be made again");
		Files.delete(lock);
		Awaitility.await().atMost(PATIENCE).until(() -> this.storage.inbox().outage() == null);
		store(2);
	}

	@Test
	void makesADeletedLockAgain() throws IOException {
		Path lock = this.directory.resolve("inbox.lock");
		Files.delete(lock);
		Awaitility.await().atMost(PATIENCE).until(() -> Files.exists(lock) && Files.size(lock) > 0);
		store(2);
		assertThat(lock).hasContent(Long.toString(ProcessHandle.current().pid()));
	}

	@Test
	void storesNothingOnceAnotherProcessHasTheLock() throws Exception {
		Path lock = this.directory.resolve("inbox.lock");
		Path prepared = this.temporary.resolve("prepared");
		try (LockHolder other = LockHolder.lock(prepared)) {
			assertThat(other.isAlive()).isTrue();
			Files.move(prepared, lock, StandardCopyOption.REPLACE_EXISTING);
			Awaitility.await().atMost(PATIENCE).until(() -> this.storage.inbox().outage() != null);
			assertRefused("inbox.lock' was deleted or replaced");
		}
		Awaitility.await().atMost(PATIENCE).until(() -> this.storage.inbox().outage() == null);
		store(3);
	}

	@Test
	void keepsFilesFromOthersInADirectoryThatIsOpenToThem() throws Exception {
		this.storage.close();
		Files.setPosixFilePermissions(this.directory, PosixFilePermissions.fromString("rwxr-xr-x"));
		Path log = Files.createFile(this.directory.resolve("pulsehook.db-wal"));
		Secrets.write(this.directory.resolve("webhook-token"), "token");
		try (Stream<Path> files = Files.list(this.directory)) {
			for (Path file : files.toList()) {
				Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
			}
		}
		assertThat(log).exists();
		reopen(this.directory);
		assertThat(Secrets.read(this.directory.resolve("webhook-token"))).isEqualTo("token");
		assertOwnerOnly();
	}

	@Test
	void makesFilesForTheirOwnerOnly() throws Exception {
		Path open = Files.createDirectory(this.temporary.resolve("open"),
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
		this.directory = open;
		reopen(open);
		store(1);
		Secrets.write(open.resolve("webhook-token"), "token");
		assertOwnerOnly();
	}

	private void assertOwnerOnly() throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			assertThat(files.toList()).extracting((file) -> file.getFileName().toString())
				.contains("pulsehook.db", "pulsehook.db-wal", "pulsehook.db-shm", "inbox.lock", "webhook-token");
		}
		try (Stream<Path> files = Files.list(this.directory)) {
			assertThat(files.toList()).allSatisfy(
					(file) -> assertThat(Files.getPosixFilePermissions(file)).as("%s", file).isEqualTo(OWNER_ONLY));
		}
	}

	private void assertRefused(String reason) {
		assertThatExceptionOfType(InboxUnavailableException.class).isThrownBy(() -> store(99));
		assertOutage(reason);
	}

	private void assertOutage(String reason) {
		Outage outage = this.storage.inbox().outage();
		assertThat(outage).isNotNull();
		assertThat(outage.reason()).contains(reason);
	}

	private void reopen(Path other) throws Exception {
		this.storage.close();
		this.storage = TestDatabase.SQLITE.open(other, this.clock);
	}

	private List<String> titles() {
		return this.storage.events()
			.page(EventFilter.ALL, null, 10)
			.events()
			.stream()
			.map(StoredEvent::contact)
			.toList();
	}

	private void store(int number) {
		this.storage.inbox().store(List.of(ExampleEvents.openChat("c" + number, number)));
	}

}
