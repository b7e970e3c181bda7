package io.pulsehook.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.util.unit.DataSize;

import io.pulsehook.Samples;
import io.pulsehook.inbox.PostgresqlServer;
import io.pulsehook.inbox.model.DataDirectoryException;
import io.pulsehook.inbox.model.UnsupportedDatabaseException;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.StoredEvents;
import io.pulsehook.inbox.spool.Spool;
import io.pulsehook.inbox.spool.SpoolDrain;
import io.pulsehook.inbox.spool.SpooledInbox;
import io.pulsehook.receive.Receiver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests when there is a spool, and that it is put before the inbox.
 */
class SpoolConfigurationTests {

	@TempDir
	private Path directory;

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(PulsehookAutoConfiguration.class));

	private WebApplicationContextRunner withDirectory(WebApplicationContextRunner base, String... properties) {
		return base.withPropertyValues("pulsehook.data-dir=" + this.directory.resolve("data"))
			.withPropertyValues(properties);
	}

	private WebApplicationContextRunner onPostgresql(String... properties) {
		return withDirectory(this.runner, properties).withBean(DataSource.class,
				() -> PostgresqlServer.pool(PostgresqlServer.create()));
	}

	@Test
	void isNotThereUnlessItHasADirectory() {
		for (String setting : new String[] { "pulsehook.spool.max-size=2GB", "pulsehook.spool.directory=" }) {
			withDirectory(this.runner, setting).run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(Spool.class)
				.doesNotHaveBean(SpooledInbox.class)
				.doesNotHaveBean(SpoolDrain.class));
		}
	}

	@Test
	void takesWhatIsReceivedAndIsEmptiedIntoTheInbox() {
		onPostgresql("pulsehook.spool.directory=" + this.directory.resolve("spool"), "pulsehook.spool.max-size=3MB")
			.run((context) -> {
				Spool spool = context.getBean(Spool.class);
				assertThat(spool.status().maxBytes()).isEqualTo(DataSize.ofMegabytes(3).toBytes());
				byte[] body = Samples.INCOMING_MESSAGE.getBytes(StandardCharsets.UTF_8);
				spool.put("default", body);
				context.getBean(Receiver.class).receive("default", Samples.LINK_CLICK.getBytes(StandardCharsets.UTF_8));
				Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !spool.isTaking());
				assertThat(spool.status().total()).isBetween(1L, 2L);
				assertThat(context.getBean(StoredEvents.class).pageAfter(EventFilter.ALL, 0, 10).events()).hasSize(2);
			});
	}

	@Test
	void isNotForSqlite() {
		withDirectory(this.runner, "pulsehook.spool.directory=" + this.directory.resolve("spool"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(UnsupportedDatabaseException.class,
						(ex) -> assertThat(ex.action()).contains("Remove pulsehook.spool.directory")
							.contains("spring.datasource.url")));
		assertThat(this.directory.resolve("data")).doesNotExist();
	}

	@Test
	void needsADirectoryThatCanBeWritten() throws Exception {
		Path file = Files.createFile(this.directory.resolve("file"));
		onPostgresql("pulsehook.spool.directory=" + file).run((context) -> assertThat(context).getFailure()
			.hasStackTraceContaining("The spool directory '" + file + "' cannot be used")
			.hasStackTraceContaining(DataDirectoryException.class.getName()));
	}

	@Test
	void hasRoomForABodyAtLeast() {
		withDirectory(this.runner, "pulsehook.spool.max-size=1KB").run((context) -> assertThat(context).getFailure()
			.hasStackTraceContaining("pulsehook.spool.max-size is 1024B, but must hold at least one body"));
	}

}
