package io.pulsehook.inbox.spool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.unit.DataSize;

import io.pulsehook.inbox.SettableClock;
import io.pulsehook.inbox.model.DataDirectoryException;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.threads.CoreThreads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests the file of the spool.
 */
@ExtendWith(OutputCaptureExtension.class)
class SpoolFileTests {

	private static final Runnable PLACED = () -> {
	};

	@TempDir
	Path temporary;

	private Path directory;

	private final SettableClock clock = new SettableClock();

	private final CoreThreads threads = new CoreThreads();

	private Spool spool;

	@BeforeEach
	void open() {
		this.directory = this.temporary.resolve("spool");
		this.spool = open(this.directory);
	}

	@AfterEach
	void close() throws Exception {
		this.spool.close();
	}

	private Spool open(Path place) {
		return Spool.open(new SpoolSettings(place, DataSize.ofKilobytes(64)), this.clock, this.threads);
	}

	@Test
	void takesNothingUntilAWebhookIsPutThere() {
		assertThat(this.spool.putIfTaking("default", bytes("a"), Duration.ZERO, PLACED)).isFalse();
		assertThat(this.spool.status()).isEqualTo(new SpoolStatus(false, null, 0, 0, 64 * 1024, 0, 0, null));
		assertThat(this.spool.oldest()).isNull();
		this.spool.put("default", bytes("a"));
		this.clock.advance(Duration.ofSeconds(3));
		assertThat(this.spool.putIfTaking("shop", bytes("b"), Duration.ZERO, PLACED)).isTrue();
		assertThat(this.spool.status())
			.isEqualTo(new SpoolStatus(true, this.clock.instant().minusSeconds(3), 2, 130, 64 * 1024, 0, 2, null));
		assertThat(this.spool.oldest()).isEqualTo(this.clock.instant().minusSeconds(3));
	}

	@Test
	void hasABodyOnDiskWhenItSaysSo() throws Exception {
		this.spool.put("shop", bytes("a"), Duration.ofSeconds(2), PLACED);
		Path copy = Files.createDirectory(this.temporary.resolve("copy"));
		for (String file : List.of("spool.db", "spool.db-wal")) {
			Files.copy(this.directory.resolve(file), copy.resolve(file));
		}
		try (Spool opened = open(copy)) {
			assertThat(opened.status().taking()).isTrue();
			assertThat(opened.status().waiting()).isEqualTo(1);
			assertThat(opened.queue().next(10)).singleElement().satisfies((body) -> {
				assertThat(body.source()).isEqualTo("shop");
				assertThat(body.body()).isEqualTo(bytes("a"));
				assertThat(body.arrivedAt()).isEqualTo(this.clock.instant().minusSeconds(2));
			});
		}
	}

	@Test
	void keepsTheOrderInWhichEachPutsBodies() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(16);
		List<Future<?>> all = new ArrayList<>();
		for (int i = 0; i < 16; i++) {
			String source = "s" + i;
			all.add(threads.submit(() -> {
				for (int number = 0; number < 25; number++) {
					this.spool.put(source, bytes(String.valueOf(number)));
				}
			}));
		}
		for (Future<?> each : all) {
			each.get();
		}
		threads.shutdown();
		List<SpooledBody> bodies = this.spool.queue().next(1_000);
		assertThat(bodies).hasSize(400);
		for (int i = 0; i < 16; i++) {
			String source = "s" + i;
			assertThat(bodies.stream().filter((body) -> body.source().equals(source)))
				.extracting((body) -> Integer.parseInt(new String(body.body(), StandardCharsets.UTF_8)))
				.hasSize(25)
				.isSorted();
		}
		assertThat(this.spool.status().total()).isEqualTo(400);
	}

	@Test
	void refusesWhatItHasNoRoomForUntilItHas() {
		this.spool.put("default", new byte[40_000]);
		assertThatExceptionOfType(InboxUnavailableException.class)
			.isThrownBy(() -> this.spool.put("default", new byte[40_000]))
			.withMessage("The spool is full.");
		assertThat(this.spool.status().problem()).isEqualTo("It is full, as pulsehook.spool.max-size says");
		this.spool.put("default", new byte[20_000]);
		assertThat(this.spool.status().problem()).isNull();
		this.spool.queue().stored(this.spool.queue().next(1));
		Awaitility.await().untilAsserted(() -> assertThat(this.spool.status().bytes()).isEqualTo(20_064));
		this.spool.put("default", new byte[40_000]);
		assertThat(this.spool.status().waiting()).isEqualTo(2);
		this.spool.queue().stored(this.spool.queue().next(2));
		assertThat(this.spool.oldest()).isNull();
	}

	@Test
	void tellsOnceThatItIsFull(CapturedOutput output) {
		this.spool.put("default", new byte[40_000]);
		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(InboxUnavailableException.class)
				.isThrownBy(() -> this.spool.put("default", new byte[40_000]));
			this.spool.put("default", new byte[1]);
		}
		assertThat(output).containsOnlyOnce("the spool is full")
			.contains("Webhooks that were answered with 503: 1, since the spool is full.", "pulsehook.spool.max-size");
	}

	@Test
	void waitsForABodyThatIsBeingWrittenAlthoughItsSenderIsGone() throws Exception {
		Path place = this.temporary.resolve("slow");
		SpoolSettings settings = new SpoolSettings(place, DataSize.ofKilobytes(64), Duration.ofMillis(200));
		try (Spool slow = Spool.open(settings, this.clock, this.threads);
				Connection other = DriverManager.getConnection("jdbc:sqlite:" + place.resolve("spool.db"));
				Statement statement = other.createStatement()) {
			statement.execute("begin immediate");
			assertThatExceptionOfType(InboxUnavailableException.class)
				.isThrownBy(() -> slow.put("default", bytes("a")));
			assertThatExceptionOfType(InboxUnavailableException.class).isThrownBy(() -> slow.queue().settle());
			statement.execute("rollback");
			Awaitility.await().ignoreExceptions().until(() -> {
				slow.queue().settle();
				return true;
			});
			assertThat(slow.queue().next(10)).hasSize(1);
			assertThat(slow.status().waiting()).isEqualTo(1);
		}
	}

	@Test
	void noticesThatItsFileWasDeleted() throws IOException {
		this.spool.put("default", bytes("a"));
		Files.delete(this.directory.resolve("spool.db"));
		assertThatExceptionOfType(InboxUnavailableException.class)
			.isThrownBy(() -> this.spool.put("default", bytes("b")));
		assertThat(this.spool.status().problem()).contains("spool.db").contains("deleted or replaced");
		assertThat(this.spool.status().bytes()).isEqualTo(65);
	}

	@Test
	void handsOverInOrderWhatWasNotRefused() {
		Stream.of("a", "b", "c").forEach((text) -> this.spool.put("default", bytes(text)));
		SpoolQueue queue = this.spool.queue();
		queue.stored(queue.next(1));
		queue.refuse(queue.next(1).get(0), "no");
		assertThat(queue.next(10)).extracting((body) -> text(body.body())).containsExactly("c");
		assertThat(this.spool.status().waiting()).isEqualTo(1);
		assertThat(this.spool.refused()).singleElement()
			.isEqualTo(new RefusedBody(2, "default", this.clock.instant(), 1, "no"));
		assertThat(this.spool.refusedBody(2)).isEqualTo(bytes("b"));
		assertThat(this.spool.refusedBody(3)).isNull();
	}

	@Test
	void triesARefusedBodyAgainBehindAllOthers() {
		Stream.of("a", "b").forEach((text) -> this.spool.put("default", bytes(text)));
		SpoolQueue queue = this.spool.queue();
		queue.refuse(queue.next(1).get(0), "no");
		assertThat(this.spool.tryAgain(2)).isFalse();
		assertThat(this.spool.tryAgain(1)).isTrue();
		assertThat(queue.next(10)).extracting((body) -> text(body.body())).containsExactly("b", "a");
		assertThat(this.spool.refused()).isEmpty();
		assertThat(this.spool.status().waiting()).isEqualTo(2);
		assertThat(this.spool.status().refused()).isZero();
	}

	@Test
	void triesAllRefusedBodiesAgainAtTheNextStart() throws Exception {
		Stream.of("a", "b").forEach((text) -> this.spool.put("default", bytes(text)));
		SpoolQueue queue = this.spool.queue();
		queue.refuse(queue.next(1).get(0), "no");
		queue.stored(queue.next(1));
		this.spool.close();
		this.spool = open(this.directory);
		assertThat(this.spool.queue().next(10)).extracting((body) -> text(body.body())).containsExactly("a");
		assertThat(this.spool.status().taking()).isTrue();
		assertThat(this.spool.status().refused()).isZero();
	}

	@Test
	void deletesARefusedBodyForEver() throws IOException {
		this.spool.put("default", bytes("a-person's-name"));
		SpoolQueue queue = this.spool.queue();
		queue.refuse(queue.next(1).get(0), "no");
		assertThat(this.spool.delete(2)).isFalse();
		assertThat(this.spool.delete(1)).isTrue();
		assertThat(this.spool.status().refused()).isZero();
		assertThat(this.spool.status().bytes()).isZero();
		for (String file : List.of("spool.db", "spool.db-wal")) {
			assertThat(Files.readString(this.directory.resolve(file), StandardCharsets.ISO_8859_1))
				.doesNotContain("a-person's-name");
		}
	}

	@Test
	void givesItsFileBackWhenItIsEmpty() throws IOException {
		for (int i = 0; i < 30; i++) {
			this.spool.put("default", new byte[2_000]);
		}
		SpoolQueue queue = this.spool.queue();
		queue.stored(queue.next(100));
		while (queue.isUntidy()) {
			queue.tidy();
		}
		assertThat(Files.size(this.directory.resolve("spool.db-wal"))).isZero();
		assertThat(Files.size(this.directory.resolve("spool.db"))).isLessThan(100_000);
		assertThat(this.spool.status().bytes()).isZero();
	}

	@Test
	@EnabledOnOs({ OS.LINUX, OS.MAC })
	void isReadableForItsOwnerOnly() throws IOException {
		this.spool.put("default", bytes("a"));
		try (Stream<Path> files = Files.list(this.directory)) {
			assertThat(files).extracting((file) -> Files.getPosixFilePermissions(file).toString())
				.allSatisfy((permissions) -> assertThat(permissions).doesNotContain("GROUP").doesNotContain("OTHERS"));
		}
	}

	@Test
	void belongsToOneProcess() {
		assertThatExceptionOfType(DataDirectoryException.class).isThrownBy(() -> open(this.directory))
			.withMessageContaining("The spool directory '" + this.directory)
			.satisfies((ex) -> assertThat(ex.action()).contains("pulsehook.spool.directory"));
	}

	@Test
	void needsADirectoryThatItCanWrite() throws IOException {
		Path file = Files.createFile(this.temporary.resolve("file"));
		assertThatExceptionOfType(DataDirectoryException.class).isThrownBy(() -> open(file))
			.withMessageContaining("The spool directory '" + file + "' cannot be used")
			.satisfies((ex) -> assertThat(ex.action()).contains("pulsehook.spool.directory"));
	}

	@Test
	void saysWhatToDoAboutADamagedFile() throws Exception {
		this.spool.close();
		Files.write(this.directory.resolve("spool.db"), new byte[8192], StandardOpenOption.WRITE);
		Files.write(this.directory.resolve("spool.db"), bytes("damage"), StandardOpenOption.WRITE);
		assertThatExceptionOfType(DataDirectoryException.class).isThrownBy(() -> open(this.directory))
			.withMessageContaining("spool.db' is damaged")
			.satisfies((ex) -> assertThat(ex.action()).contains("sqlite3 spool.db .recover").contains("empty spool"));
		this.spool = open(this.temporary.resolve("other"));
	}

	@Test
	void ends() throws Exception {
		this.spool.close();
		assertThatExceptionOfType(InboxUnavailableException.class)
			.isThrownBy(() -> this.spool.put("default", bytes("a")));
		assertThat(this.threads.lostVital()).isEmpty();
		this.spool = open(this.directory);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

}
