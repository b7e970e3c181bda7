package io.pulsehook.process;

import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.pulsehook.inbox.PostgresqlServer;
import io.pulsehook.plugin.test.RedactionPlugin;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends every sample and everything that goes wrong, and looks for what was sent in the
 * log, in the answers and in the observations, which is what tracing exports.
 */
@Timeout(300)
class RedactionIT {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Pattern URL_LINE = Pattern.compile("http://\\S+/webhooks/(\\S+)");

	private static final String PHONE = "380985236985";

	private static final String EMAIL = "name@example.com";

	/**
	 * What persons wrote and what tells who they are, in the samples as they are sent.
	 */
	private static final List<String> SECRETS = List.of("Veronica", "Petrova", PHONE, "test@gmail.com", "test dza",
			"custombot1@e.cn.ua", EMAIL, "38093000000", "hey! whats up?", "Alexander", "Hello World", "55684213",
			"38063456228", "user@sendpulse.com", "Ursula Ungenannt", "A private word", "Press here");

	private static final int OVERSIZE = 40_000;

	@TempDir
	Path directory;

	private final List<String> answers = new ArrayList<>();

	@Test
	void keepsTokensAndPersonalDataOutOfEverythingThatIsNotTheInbox() throws Exception {
		assertNothingLeaks(Launch.in(this.directory), (webhook) -> {
		});
	}

	// PostgreSQL quotes rows and keys in its refusals, so nothing of these may get into
	// the log.
	@Test
	void keepsThemOutAlsoWhenPostgresqlRefusesThem() throws Exception {
		String database = PostgresqlServer.url(PostgresqlServer.createEmpty());
		assertNothingLeaks(Launch.in(this.directory).with("--spring.datasource.url=" + database), (webhook) -> {
			try (Connection connection = DriverManager.getConnection(database);
					Statement statement = connection.createStatement()) {
				statement.execute("alter table pulsehook_event add constraint refusing check (title <> 'refused')");
				statement.execute("create unique index only_once on pulsehook_event (contact)" + " where contact = '"
						+ PHONE + "'");
			}
			for (int number = 1; number < 3; number++) {
				this.answers.add(webhook.post(new Posted(PHONE, number).json()).body());
			}
			HttpResponse<String> answer = webhook.post(new Posted(EMAIL, 1).json("refused"));
			assertThat(answer.statusCode()).as("A row that the database refuses").isEqualTo(503);
			this.answers.add(answer.body());
		});
	}

	private void assertNothingLeaks(Launch base, Sending sending) throws Exception {
		Launch launch = base.withoutToken()
			.plugin(RedactionPlugin.class)
			.with("--pulsehook.max-body-size=20KB", "--pulsehook.read-timeout=1s", "--pulsehook.defaults.max-retries=1",
					"--pulsehook.defaults.delay=50ms", "--pulsehook.defaults.jitter=0",
					"--pulsehook.defaults.breaker=0");
		try (ServiceProcess service = launch.start()) {
			String token = token(service);
			List<String> samples = samples();
			assertThat(String.join("\n", samples)).contains(SECRETS);
			sendBodies(service, token, samples);
			sending.to(new WebhookClient(service.uri("/webhooks/" + token)));
			sendToWrongPlaces(service.port(), token);
			sendBrokenRequests(service.port(), token);
			assertThat(String.join("\n", this.answers)).as("Refusals of every kind")
				.contains("\"status\":400", "\"status\":404", "\"status\":405", "\"status\":408", "\"status\":413",
						"\"status\":415");
			awaitDeadLetters(service.operator());
			service.kill();
			String log = service.log().replaceFirst("http://\\S+/webhooks/" + Pattern.quote(token), "");
			assertClean("log", log, token);
			assertClean("answers", String.join("\n", this.answers), token);
			String observations = Files.readString(launch.record());
			assertThat(observations).as("Observations").contains("http.server.requests");
			assertClean("observations", observations, token);
		}
	}

	private static String token(ServiceProcess service) {
		Matcher matcher = URL_LINE.matcher(service.log());
		assertThat(matcher.find()).as("The log has the URL").isTrue();
		return matcher.group(1);
	}

	// Returns the samples with conspicuous words in the place of those that could come
	// from anywhere.
	private static List<String> samples() throws Exception {
		URI folder = Objects.requireNonNull(RedactionIT.class.getResource("/payloads")).toURI();
		List<String> samples = new ArrayList<>();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(folder), "*.json")) {
			for (Path file : files) {
				samples.add(Files.readString(file)
					.replace("\"User\"", "\"Ursula Ungenannt\"")
					.replace("\"Test\"", "\"A private word\"")
					.replace("\"Click\"", "\"Press here\""));
			}
		}
		return samples;
	}

	private void sendBodies(ServiceProcess service, String token, List<String> samples) throws Exception {
		WebhookClient webhook = new WebhookClient(service.uri("/webhooks/" + token));
		for (String sample : samples) {
			this.answers.add(webhook.post(sample).body());
			for (int part = 2; part < 6; part++) {
				this.answers.add(webhook.post(sample.substring(0, sample.length() * part / 6)).body());
			}
			this.answers.add(webhook.post(sample.replace(':', '=')).body());
		}
		for (String body : List.of(EMAIL, "\"" + EMAIL + "\"", "[" + EMAIL + "]", "{\"title\":[\"" + EMAIL + "\"]}",
				"{\"title\":\"x\",\"contact\":\"" + EMAIL + "\"}", "{\"title\":\"x\",\"date\":\"" + EMAIL + "\"}",
				"{\"order\":{\"id\":1,\"status\":\"" + EMAIL + "\",\"totalCost\":\"" + EMAIL + "\"}}",
				"{\"" + EMAIL + "\":1}", "{\"title\":\"" + EMAIL + "\u0001\"}", "{\"title\":\"x\"} " + EMAIL,
				"x".repeat(OVERSIZE) + EMAIL)) {
			this.answers.add(webhook.post(body).body());
		}
	}

	// Sends the real token to addresses that are misspelt, mangled or guessed: it must
	// not be logged there either.
	private void sendToWrongPlaces(int port, String token) throws IOException {
		for (String path : List.of("/webhooks/%s/", "/webhooks//%s", "//webhooks/%s", "/webhooks;x=y/%s",
				"/webhooks/%s;x=y", "/webhooks/../webhooks/%s", "/webhooks/x/../%s", "/webhooks/%%2e%%2e/%s",
				"/webhooks%%2F%s", "/webhooks%%5C%s", "/webhooks\\%s", "/webhooks/%s%%00", "/webhooks/%s%%zz",
				"/webhooks/%s{", "/webhooks/%s|x", "/webhooks/%s\"", "/webhooks/%s x", "/webhooks/%s?q=" + PHONE,
				"/WEBHOOKS/%s", "/webhook/%s", "/%s", "/api/webhooks/%s", "/api/events/%s", "/actuator/%s", "/error/%s",
				"/x/..;/webhooks/%s", "http://localhost/webhooks/%s", "http://localhost/webhook/%s", "webhooks/%s",
				"/webhooks/%sx", "/webhooks/x%s", "/actuator/health/%s", "/pulsehook/webhooks/%s",
				"/console/login?%s=%%zz", "/console/login?%s%%ff", "/console/login?x=%%0a%s%%",
				"/api/events?q=" + PHONE + "%%", "/console?" + PHONE + "=%%ff&%s", "/webhook/%s?q=" + PHONE + "%%2")) {
			String target = path.formatted(token);
			sendRaw(port, RawConnection.post(target, "{\"title\":\"" + EMAIL + "\"}"));
			sendRaw(port, "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
		}
	}

	private void sendBrokenRequests(int port, String token) throws IOException {
		String path = "/webhooks/" + token;
		String body = "{\"title\":\"" + EMAIL + "\"}";
		sendRaw(port, RawConnection.post(path, body).replace("POST", "DELETE"));
		sendRaw(port, RawConnection.post(path, body).replace("POST", "TRACE"));
		sendRaw(port, RawConnection.post(path, body).replace("POST", "PO{ST"));
		sendRaw(port, RawConnection.post(path, body).replace("HTTP/1.1", "HTTP/9.9"));
		sendRaw(port, RawConnection.post(path, body).replace("localhost", "local|host/" + token));
		sendRaw(port, RawConnection.post(path, body).replace("Content-Length: ", "Content-Length: " + EMAIL));
		sendRaw(port, RawConnection.post(path, body).replace("Content-Length: ", "Content-Length: 9"));
		sendRaw(port, RawConnection.post(path, body, "Transfer-Encoding: " + EMAIL));
		sendRaw(port, RawConnection.post(path, body, "Content-Encoding: " + EMAIL));
		sendRaw(port, RawConnection.post(path, body, "Bad Header " + token + EMAIL));
		sendRaw(port, RawConnection.post(path, body, "Bad(" + token + ": " + EMAIL));
		sendRaw(port, RawConnection.post(path, body, "X-Long: " + token + "x".repeat(OVERSIZE)));
		sendRaw(port, RawConnection.post(path, body, "Cookie: a=" + EMAIL + "; \"" + token));
		sendRaw(port, RawConnection.post("/api/events", body, "Authorization: Basic " + token));
		sendRaw(port, RawConnection.post("/api/events", body, "Referer: http://localhost" + path));
		sendRaw(port,
				RawConnection.post(path, EMAIL).replaceFirst("Content-Length: \\d+", "Transfer-Encoding: chunked"));
		sendRaw(port, EMAIL + " " + token + "\r\n\r\n");
		sendAndLeave(port, RawConnection.post(path, body).replace("Content-Length: ", "Content-Length: 9"));
	}

	private void sendRaw(int port, String request) throws IOException {
		try (RawConnection connection = new RawConnection(port)) {
			connection.send(request);
			this.answers.add(connection.readAll());
		}
		catch (SocketException ex) {
			this.answers.add("Closed before all was read");
		}
	}

	private static void sendAndLeave(int port, String request) throws IOException {
		try (RawConnection connection = new RawConnection(port)) {
			connection.send(request);
		}
	}

	private static void awaitDeadLetters(OperatorClient operator) {
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(operator.events("&status=open")).as("Events not dead yet").isEmpty());
		assertThat(operator.events("&status=dead")).as("Dead events").hasSizeGreaterThan(50);
	}

	private static void assertClean(String where, String text, String token) {
		List<String> secrets = new ArrayList<>(SECRETS);
		secrets.add(token);
		secrets.add(Launch.PASSWORD);
		String lower = text.toLowerCase(Locale.ROOT);
		List<String> leaks = new ArrayList<>();
		for (String secret : secrets) {
			int index = lower.indexOf(secret.toLowerCase(Locale.ROOT));
			if (index >= 0) {
				leaks.add("'" + secret + "' in: " + around(text, index));
			}
		}
		assertThat(leaks).as("What the %s tell (%d bytes)", where, text.getBytes(StandardCharsets.UTF_8).length)
			.isEmpty();
	}

	private static String around(String text, int index) {
		return text.substring(Math.max(0, index - 200), Math.min(text.length(), index + 200));
	}

	/** Requests that a test sends in addition. */
	@FunctionalInterface
	private interface Sending {

		void to(WebhookClient webhook) throws Exception;

	}

}
