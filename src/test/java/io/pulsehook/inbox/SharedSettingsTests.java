package io.pulsehook.inbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.pulsehook.inbox.model.InboxUnavailableException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class SharedSettingsTests {

	private final String database = PostgresqlServer.create();

	@TempDir
	private Path directory;

	@Test
	void areKnownFromBeforeWhileTheDatabaseIsAway() throws Exception {
		Path spool = this.directory.resolve("a/spool");
		try (Storage storage = storage(mended())) {
			assertThat(storage.sharedSettings().putIfAbsent("token", "first")).isEqualTo("first");
			assertThat(storage.sharedSettings().copiedTo(spool).putIfAbsent("token", "second")).isEqualTo("first");
		}
		try (Storage storage = storage(cut())) {
			SharedSettings settings = storage.sharedSettings();
			assertThat(settings.copiedTo(spool).putIfAbsent("token", "third")).isEqualTo("first");
			assertThatExceptionOfType(InboxUnavailableException.class)
				.isThrownBy(() -> settings.putIfAbsent("token", "third"));
			assertThatExceptionOfType(InboxUnavailableException.class)
				.isThrownBy(() -> settings.copiedTo(spool).putIfAbsent("password", "third"));
		}
	}

	@Test
	void areThoseOfTheDatabaseOnceItHasOthers() throws Exception {
		Files.writeString(this.directory.resolve("token"), "former");
		try (Storage storage = storage(mended())) {
			assertThat(storage.sharedSettings().copiedTo(this.directory).putIfAbsent("token", "new")).isEqualTo("new");
		}
		assertThat(this.directory.resolve("token")).hasContent("new");
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void areCopiedForTheOwnerAlone() throws Exception {
		try (Storage storage = storage(mended())) {
			storage.sharedSettings().copiedTo(this.directory).putIfAbsent("token", "secret-token");
		}
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.directory.resolve("token"))))
			.isEqualTo("rw-------");
	}

	@Test
	void countAlthoughTheyCannotBeCopied(CapturedOutput output) throws Exception {
		Path file = Files.createFile(this.directory.resolve("file"));
		try (Storage storage = storage(mended())) {
			assertThat(storage.sharedSettings().copiedTo(file).putIfAbsent("token", "secret-token"))
				.isEqualTo("secret-token");
		}
		assertThat(output).contains("The setting 'token' cannot be copied to " + file.resolve("token"))
			.doesNotContain("secret-token");
	}

	private static Storage storage(CutWay way) {
		return Storage.open(TestDatabase.settings(Path.of("unused")), way, null, true);
	}

	private CutWay cut() {
		return new CutWay(PostgresqlServer.pool(this.database));
	}

	private CutWay mended() {
		CutWay way = cut();
		way.mend();
		return way;
	}

}
