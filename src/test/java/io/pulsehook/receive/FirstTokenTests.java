package io.pulsehook.receive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FirstTokenTests {

	@TempDir
	private Path directory;

	@Test
	void goesOnInADatabaseThatIsShared() throws Exception {
		FirstToken kept = FirstToken.in(this.directory);
		try (Storage storage = TestDatabase.SQLITE.open(this.directory.resolve("shared"), Clock.systemUTC())) {
			FirstToken proposed = FirstToken.sharedThrough(storage.sharedSettings(), this.directory);
			assertThat(proposed).isEqualTo(new FirstToken(kept.value(), false));
			assertThat(FirstToken.sharedThrough(storage.sharedSettings(), this.directory.resolve("other")))
				.isEqualTo(proposed);
		}
	}

	@Test
	void isMadeOnceAndKept() {
		FirstToken first = FirstToken.in(this.directory.resolve("a/b"));
		FirstToken second = FirstToken.in(this.directory.resolve("a/b"));
		assertThat(first.created()).isTrue();
		assertThat(second).isEqualTo(new FirstToken(first.value(), false));
	}

	@Test
	void isAnotherOneInAnotherDirectory() {
		assertThat(FirstToken.in(this.directory.resolve("a")).value())
			.isNotEqualTo(FirstToken.in(this.directory.resolve("b")).value());
	}

	@Test
	void isFitToBeATokenOfASource() {
		String token = FirstToken.in(this.directory).value();
		assertThat(token).hasSize(43);
		assertThat(new Sources(Map.of("default", List.of(token))).sourceOf(token)).isEqualTo("default");
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void isForItsOwnerToReadOnly() throws IOException {
		FirstToken.in(this.directory);
		assertThat(Files.getPosixFilePermissions(this.directory.resolve("webhook-token")))
			.isEqualTo(PosixFilePermissions.fromString("rw-------"));
	}

	@Test
	void leavesNoOtherFileBehindEvenAfterACrash() throws IOException {
		Files.writeString(this.directory.resolve("webhook-token.new"), "hal");
		FirstToken.in(this.directory);
		assertThat(this.directory).isDirectoryContaining((file) -> file.endsWith("webhook-token"))
			.isDirectoryNotContaining("glob:**.new");
	}

	@Test
	void isReadWithoutTheLineEndOfAnEditor() throws IOException {
		Files.writeString(this.directory.resolve("webhook-token"), "a-token-written-by-hand\r\n");
		assertThat(FirstToken.in(this.directory).value()).isEqualTo("a-token-written-by-hand");
	}

	@Test
	void saysWhatToDoWhereItCannotBeWritten() throws IOException {
		Path file = Files.createFile(this.directory.resolve("file"));
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> FirstToken.in(file))
			.withMessageContaining(file.toString())
			.withMessageContaining("pulsehook.token");
	}

	@Test
	void isNotInItsText() {
		FirstToken token = FirstToken.in(this.directory);
		assertThat(token.toString()).doesNotContain(token.value());
	}

}
