package io.pulsehook.process;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.unit.DataSize;

import io.pulsehook.app.PulsehookApplication;
import io.pulsehook.inbox.PostgresqlServer;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.spool.Spool;
import io.pulsehook.inbox.spool.SpoolSettings;
import io.pulsehook.threads.CoreThreads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests that a start ends with a sentence when the spool could keep nothing.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class SpoolStartTests {

	private static final String TOKEN = "--pulsehook.token=" + Launch.TOKEN;

	@TempDir
	Path directory;

	@Test
	void asksForPostgresql(CapturedOutput output) {
		assertThatStartFails(output, TOKEN, "--pulsehook.spool.directory=" + this.directory.resolve("spool"));
		assertThat(output).contains("pulsehook.spool.directory", "SQLite", "spring.datasource.url");
	}

	@Test
	void namesADirectoryThatCannotBeWritten(CapturedOutput output) throws Exception {
		Path file = Files.createFile(this.directory.resolve("file"));
		assertThatStartFails(output, TOKEN, database(), "--pulsehook.spool.directory=" + file.resolve("spool"));
		assertThat(output).contains(file.resolve("spool").toString());
	}

	@Test
	void namesADirectoryThatAnotherProcessUses(CapturedOutput output) {
		Path used = this.directory.resolve("used");
		try (Spool spool = Spool.open(new SpoolSettings(used, DataSize.ofMegabytes(1)), InstantSource.system(),
				new CoreThreads())) {
			spool.put("default", "[]".getBytes());
			assertThatStartFails(output, TOKEN, database(), "--pulsehook.spool.directory=" + used);
			assertThat(output).contains(used.toString());
			assertThat(spool.status().waiting()).isOne();
		}
	}

	@Test
	void namesADamagedFileAndLeavesIt(CapturedOutput output) throws Exception {
		Path damaged = Files.createDirectory(this.directory.resolve("damaged"));
		String content = "This is no database. ".repeat(1_000);
		Files.writeString(damaged.resolve("spool.db"), content);
		assertThatStartFails(output, TOKEN, database(), "--pulsehook.spool.directory=" + damaged);
		assertThat(output).contains(damaged.toString());
		assertThat(damaged.resolve("spool.db")).hasContent(content);
	}

	// Whoever comes with the token of before would be refused with a new one.
	@Test
	void asksForATokenIfTheOneOfBeforeIsInADatabaseThatIsAway(CapturedOutput output) throws Exception {
		try (ServerSocket unused = new ServerSocket(0)) {
			int port = unused.getLocalPort();
			unused.close();
			assertThatStartFails(output, "--spring.datasource.url=jdbc:postgresql://127.0.0.1:" + port + "/pulsehook",
					"--spring.datasource.username=postgres",
					"--pulsehook.spool.directory=" + this.directory.resolve("spool"));
		}
		assertThat(output).contains("pulsehook.token");
	}

	private String database() {
		return "--spring.datasource.url=" + PostgresqlServer.url(TestDatabase.name(this.directory));
	}

	private void assertThatStartFails(CapturedOutput output, String... more) {
		List<String> arguments = new ArrayList<>(List.of("--server.port=0",
				"--spring.security.user.password=" + Launch.PASSWORD, "--pulsehook.data-dir=" + this.directory));
		arguments.addAll(List.of(more));
		assertThatException()
			.isThrownBy(() -> SpringApplication.from(PulsehookApplication::main).run(arguments.toArray(String[]::new)));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Action:")
			.doesNotContain("\tat ", "failed to stop it");
	}

}
