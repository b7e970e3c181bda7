package io.pulsehook.process;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import io.pulsehook.plugin.test.ShutdownPlugin;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that nothing is lost when the database server fails in various ways.
 */
@Timeout(300)
class PostgresqlOutageIT {

	private static final Duration ACK_TIMEOUT = Duration.ofSeconds(2);

	/** The time includes what a busy machine may add. */
	private static final Duration FIRST_ANSWER = ACK_TIMEOUT.plusSeconds(3);

	private static final Duration AT_ONCE = Duration.ofSeconds(1);

	private static final Duration RECOVERY = Duration.ofSeconds(20);

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String WRONG_PASSWORD = "not-the-password";

	private static final int POSTS_WHILE_AWAY = 20;

	private static final int MOST_LINES = 10;

	@TempDir
	Path directory;

	private final List<Posted> acknowledged = new ArrayList<>();

	private final List<Posted> refused = new ArrayList<>();

	private DatabaseServer server;

	private Cable cable;

	private Launch launch;

	private int next;

	@BeforeEach
	void startServer() throws Exception {
		this.server = DatabaseServer.start(this.directory.resolve("server"), Map.of("wal_keep_size", "64MB"));
		this.cable = new Cable(this.server.port());
		this.launch = Launch.in(this.directory)
			.plugin(ShutdownPlugin.class)
			.with(DatabaseServer.arguments(this.cable.port()))
			.with("--pulsehook.ack-timeout=" + ACK_TIMEOUT.toSeconds() + "s",
					"--spring.datasource.hikari.connection-timeout=2000");
	}

	@AfterEach
	void stopServer() throws Exception {
		this.cable.close();
		this.server.close();
	}

	@Test
	void recoversByItselfFromAServerThatStopsAndOneThatIsDemoted() throws Exception {
		assertSurvives(List.of());
	}

	@Test
	@Tag("thorough")
	void recoversByItselfFromWhateverHappensToTheServer() throws Exception {
		assertSurvives(List.of(Trouble.frozen(this.server), Trouble.silent(this.cable),
				Trouble.outOfConnections(this.server)));
	}

	private void assertSurvives(List<Trouble> more) throws Exception {
		try (ServiceProcess service = this.launch.start()) {
			HttpResponse<String> stored = service.webhook().post(new Posted("holding", 1).json("open_chat"));
			assertThat(stored.statusCode()).isEqualTo(200);
			Awaitility.await().atMost(PATIENCE).until(() -> this.launch.handled().stream().anyMatch(Handled::began));
			assertSurvived(service, new Trouble("stopped", this.server::stop, () -> {
				// The handler ends while its outcome cannot be written.
				Files.createFile(this.directory.resolve("release"));
				Awaitility.await()
					.atMost(PATIENCE)
					.until(() -> this.launch.handled().stream().anyMatch(Handled::ended));
				this.server.startAgain();
			}));
			for (Trouble trouble : more) {
				assertSurvived(service, trouble);
			}
			try (DatabaseServer standby = this.server.standby(this.directory.resolve("standby"))) {
				assertSurvived(service, new Trouble("demoted", () -> demoteInFavourOf(standby), standby::promote));
				assertNothingLost(service.operator());
				assertThat(standby.query("select count(*) from pulsehook_event"))
					.containsExactly(Integer.toString(this.acknowledged.size() + 1));
			}
		}
	}

	@Test
	void saysWhyItCannotStart() throws Exception {
		String url = "--spring.datasource.url=jdbc:postgresql://127.0.0.1:" + this.server.port() + "/pulsehook";
		// A spool is for a database that is away, and not for one that was never right.
		String spool = "--pulsehook.spool.directory=" + this.directory.resolve("spool");
		Launch wrong = Launch.in(this.directory)
			.with(spool + "-wrong", url, "--spring.datasource.username=" + DatabaseServer.USER,
					"--spring.datasource.password=" + WRONG_PASSWORD);
		Launch nowhere = Launch.in(this.directory).with(DatabaseServer.arguments(unusedPort()));
		Launch mistyped = Launch.in(this.directory)
			.with(spool + "-mistyped", url + "/pulsehook?password=" + DatabaseServer.PASSWORD);
		try (ServiceProcess refused = wrong.begin();
				ServiceProcess lost = nowhere.begin();
				ServiceProcess puzzled = mistyped.begin()) {
			assertThat(failure(refused)).contains("password authentication failed for user \"pulsehook\"")
				.contains("spring.datasource.url");
			assertThat(failure(lost)).contains("refused").contains("spring.datasource.url");
			assertThat(failure(puzzled)).contains("spring.datasource.url");
		}
	}

	private static String failure(ServiceProcess service) {
		assertThat(service.awaitExit(PATIENCE)).isEqualTo(1);
		assertThat(service.log()).contains("APPLICATION FAILED TO START")
			.contains("Action:")
			.doesNotContain("\tat ")
			.doesNotContain(WRONG_PASSWORD, DatabaseServer.PASSWORD);
		return service.log();
	}

	private static int unusedPort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	private void assertSurvived(ServiceProcess service, Trouble trouble) throws Exception {
		String how = trouble.how();
		assertThat(service.operator().status("/actuator/health/readiness")).isEqualTo(200);
		assertThat(post(service).statusCode()).as("Before the server is %s", how).isEqualTo(200);
		long linesBefore = service.log().lines().count();
		trouble.happen().run();
		assertRefused(service, how);
		trouble.end().run();
		Awaitility.await().atMost(RECOVERY).until(() -> post(service).statusCode() == 200);
		assertThat(service.operator().status("/actuator/health/readiness")).isEqualTo(200);
		sendAgain(service);
		List<String> told = service.log().lines().skip(linesBefore).toList();
		assertThat(told).as("What the log says when the server is %s", how)
			.hasSizeLessThanOrEqualTo(MOST_LINES)
			.noneMatch((line) -> line.startsWith("\tat "))
			.anyMatch((line) -> line.contains("The inbox cannot be written"))
			.anyMatch((line) -> line.contains("The inbox can be written again"));
	}

	private void assertRefused(ServiceProcess service, String how) throws Exception {
		Duration first = firstRefusal(service);
		assertThat(first).as("First refusal when the server is %s", how).isLessThan(FIRST_ANSWER);
		Awaitility.await().atMost(PATIENCE).until(() -> service.operator().status("/actuator/health/readiness") == 503);
		List<Duration> times = new ArrayList<>();
		for (int i = 0; i < POSTS_WHILE_AWAY; i++) {
			long start = System.nanoTime();
			HttpResponse<String> response = post(service);
			times.add(Duration.ofNanos(System.nanoTime() - start));
			assertThat(response.statusCode()).as("%s", response.body()).isEqualTo(503);
			assertThat(response.headers().firstValue("Retry-After")).isPresent();
		}
		assertThat(times.stream().sorted().toList().get(times.size() / 2))
			.as("Half of the answers when the server is known to be %s", how)
			.isLessThan(AT_ONCE);
		assertThat(service.operator().status("/actuator/health/liveness")).isEqualTo(200);
	}

	// Posts until an event is refused, and returns the time that the refusal took. A
	// demoted server commits for a moment more, and those commits are kept.
	private Duration firstRefusal(ServiceProcess service) throws Exception {
		long start = System.nanoTime();
		while (post(service).statusCode() == 200) {
			start = System.nanoTime();
		}
		return Duration.ofNanos(System.nanoTime() - start);
	}

	private HttpResponse<String> post(ServiceProcess service) throws Exception {
		return post(service, new Posted("contact", this.next++));
	}

	private HttpResponse<String> post(ServiceProcess service, Posted event) throws Exception {
		HttpResponse<String> response = service.webhook().post(event.json());
		((response.statusCode() == 200) ? this.acknowledged : this.refused).add(event);
		return response;
	}

	// Sends again what was refused, as SendPulse may.
	private void sendAgain(ServiceProcess service) throws Exception {
		List<Posted> again = List.copyOf(this.refused);
		this.refused.clear();
		for (Posted event : again) {
			assertThat(post(service, event).statusCode()).isEqualTo(200);
		}
	}

	// Makes the server read-only for its existing connections, and leads new ones to the
	// standby.
	private void demoteInFavourOf(DatabaseServer standby) {
		this.server.execute("alter system set default_transaction_read_only = on", "select pg_reload_conf()");
		this.cable.leadTo(standby.port());
	}

	private void assertNothingLost(OperatorClient operator) {
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(operator.events("&status=open")).as("Events not handled yet").isEmpty());
		List<JsonNode> events = operator.events("&type=FlowWebhook");
		assertThat(events).extracting((event) -> event.get("title").asString())
			.containsExactlyInAnyOrderElementsOf(this.acknowledged.stream().map(Posted::title).toList());
		assertThat(this.launch.handled()).filteredOn((line) -> line.by("finishingHandler"))
			.extracting(Handled::what)
			.as("The handler whose outcome was written when the server was back")
			.containsExactly("begin", "end");
	}

}
