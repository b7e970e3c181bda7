package io.pulsehook.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.pulsehook.plugin.test.ShutdownPlugin;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a service with a spool starts and ends while its database is away, and goes
 * on as ever when the database is back.
 */
@Tag("thorough")
@Timeout(300)
class AwayStartIT {

	private static final int SIGTERM_EXIT_CODE = 143;

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/** What an orderly end may take with a connection that is waited for. */
	private static final Duration END = Duration.ofSeconds(15);

	private static final Pattern URL = Pattern.compile("your public host name: http://\\S+(/webhooks/\\S+)");

	private static final Pattern WRITABLE = Pattern.compile("The inbox can be written again");

	@TempDir
	Path directory;

	private DatabaseServer server;

	private Launch launch;

	@BeforeEach
	void startServer() throws IOException {
		this.server = DatabaseServer.start(this.directory.resolve("server"));
		this.launch = Launch.in(this.directory)
			.withoutToken()
			.plugin(ShutdownPlugin.class)
			.with(this.server.arguments())
			.with("--pulsehook.spool.directory=" + this.directory.resolve("spool"));
	}

	@AfterEach
	void stopServer() throws IOException {
		this.server.close();
	}

	@Test
	void startsAndEndsWithoutItsDatabaseAndRegistersItsHandlersOnceWhenThatIsBack() throws Exception {
		String path = pathOfFirstStart();
		this.server.stop();
		try (ServiceProcess service = startWithoutDatabase()) {
			service.terminate();
			assertThat(service.awaitExit(END)).isEqualTo(SIGTERM_EXIT_CODE);
			assertThat(service.log()).doesNotContain("Exception");
		}
		this.server.startAgain();
		this.server.freeze();
		try (ServiceProcess service = startWithoutDatabase()) {
			this.server.thaw();
			service.awaitLog(WRITABLE);
			assertThat(new WebhookClient(service.uri(path)).post(new Posted("late", 1).json()).statusCode())
				.isEqualTo(200);
			Awaitility.await().atMost(PATIENCE).until(() -> this.launch.handled().stream().anyMatch(Handled::ended));
			assertThat(this.server.query("select handler from pulsehook_subscription order by handler"))
				.containsExactly("endlessHandler", "finishingHandler", "stepHandler");
			assertThat(this.server.query("select count(*) from pulsehook_runner where lease_until > now()"))
				.containsExactly("1");
			assertThat(service.log()).doesNotContain("Exception").doesNotContain("not heard of");
		}
	}

	private ServiceProcess startWithoutDatabase() {
		ServiceProcess service = this.launch.start();
		assertThat(service.log()).contains("The start goes on without the database")
			.contains("The handlers begin when the database is back");
		return service;
	}

	// Starts the service once while the database is there, and returns the path of the
	// webhook URL that it made.
	private String pathOfFirstStart() {
		try (ServiceProcess service = this.launch.start()) {
			Matcher matcher = URL.matcher(service.log());
			assertThat(matcher.find()).as(service.log()).isTrue();
			service.terminate();
			assertThat(service.awaitExit(END)).isEqualTo(SIGTERM_EXIT_CODE);
			return matcher.group(1);
		}
	}

}
