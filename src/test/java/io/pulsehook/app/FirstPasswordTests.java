package io.pulsehook.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.pulsehook.inbox.CutWay;
import io.pulsehook.inbox.PostgresqlServer;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class FirstPasswordTests {

	private static final Pattern LOGGED = Pattern.compile("as 'user' with the password (\\S{20})");

	private final Passwords passwords = new Passwords();

	private final FirstPassword first = new FirstPassword("user", this.passwords);

	@TempDir
	private Path directory;

	@Test
	void isToldOnceAndKeptAsAHashForItsOwnerOnly(CapturedOutput output) throws Exception {
		String encoded = this.first.in(this.directory);
		Matcher logged = LOGGED.matcher(output);
		assertThat(logged.find()).as(output.toString()).isTrue();
		String password = logged.group(1);
		assertThat(this.passwords.matches(password, encoded)).isTrue();
		Path file = this.directory.resolve("console-password");
		assertThat(Files.readString(file)).startsWith("{bcrypt}").doesNotContain(password);
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
		assertThat(this.first.in(this.directory)).isEqualTo(encoded);
		assertThat(output.toString().split(Pattern.quote(password), -1)).hasSize(2);
	}

	@Test
	void makesANewOneWhenTheFileIsGone() throws Exception {
		String first = this.first.in(this.directory);
		Files.delete(this.directory.resolve("console-password"));
		assertThat(this.first.in(this.directory)).isNotEqualTo(first);
	}

	@Test
	void isAnotherOneUntilTheNextStartWhileTheDatabaseIsAway(CapturedOutput output) throws Exception {
		CutWay way = new CutWay(PostgresqlServer.pool(PostgresqlServer.create()));
		try (Storage storage = Storage.open(TestDatabase.settings(this.directory), way, null, true)) {
			String encoded = this.first.sharedThrough(storage.sharedSettings().copiedTo(this.directory));
			Matcher logged = LOGGED.matcher(output);
			assertThat(logged.find()).as(output.toString()).isTrue();
			assertThat(this.passwords.matches(logged.group(1), encoded)).isTrue();
			assertThat(output).contains("until the next start").contains("spring.security.user.password");
			assertThat(this.directory).isEmptyDirectory();
		}
	}

}
