package io.pulsehook.process;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import io.pulsehook.destination.http.HttpReceiver;
import io.pulsehook.destination.http.RawServer;
import io.pulsehook.plugin.test.RedactionPlugin;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Passes an event on to destinations that fail in every way, and looks for what is secret
 * of them in the log, in the spans and observations, in the metrics, on the pages and in
 * the API.
 */
@Timeout(300)
class DestinationRedactionIT {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String KEY = Base64.getEncoder()
		.encodeToString("secret-of-the-signatures".getBytes(StandardCharsets.UTF_8));

	private static final String PATH = "/hooks/secret-of-the-path?key=secret-of-the-query";

	/** What nobody may find anywhere. */
	private static final List<String> SECRETS = List.of("secret-of-the", KEY);

	/** What only the operator may find, behind the login. */
	private static final List<String> CONTENTS = List.of("contact-of-somebody", "words of the answer");

	private static final String WORDS = "Content-Type: text/plain\r\nConnection: close\r\n\r\nwords of the answer ";

	@TempDir
	Path directory;

	private final List<RawServer> servers = new ArrayList<>();

	private final HttpReceiver collector = new HttpReceiver();

	private final Map<String, URI> urls = new LinkedHashMap<>();

	@AfterEach
	void close() {
		this.servers.forEach(RawServer::close);
		this.collector.close();
	}

	@Test
	void nothingSecretOfADestinationIsTold() throws Exception {
		failInEveryWay();
		Launch launch = Launch.in(this.directory).plugin(RedactionPlugin.class).with(arguments());
		try (ServiceProcess service = launch.start()) {
			assertThat(service.webhook().post(new Posted("contact-of-somebody", 1).json()).statusCode()).isEqualTo(200);
			OperatorClient operator = service.operator();
			String event = operator.events().get(0).get("id").asString();
			Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThatAllHaveFailed(operator, event));
			String pages = pages(operator, event);
			assertThat(pages).as("Answers that repeat the post").contains("words of the answer POST *** HTTP/1.1");
			assertThatClean("pages and API", pages, SECRETS);
			assertThatClean("trials", trials(operator), SECRETS);
			assertThatClean("metrics", operator.send("/actuator/prometheus").body(), CONTENTS);
			Awaitility.await().atMost(PATIENCE).until(() -> spans().contains("handle busy"));
			service.kill();
			assertThatClean("spans", spans(), SECRETS);
			assertThatClean("spans", spans(), CONTENTS);
			assertThatClean("log", service.log(), SECRETS);
			assertThatClean("log", service.log(), CONTENTS);
			String observations = Files.readString(launch.record());
			assertThat(observations).as("Observations")
				.contains("pulsehook.trace.attempt", "handler=busy")
				.doesNotContain("http.client");
			assertThatClean("observations", observations, SECRETS);
			assertThatClean("observations", observations, CONTENTS);
		}
	}

	private void failInEveryWay() {
		echo("moved", "301 Moved\r\nLocation: http://elsewhere.example/secret-of-the-path");
		echo("bad", "400 Bad Request secret-of-the-path");
		echo("gone", "410 Gone");
		echo("busy", "429 Too Many Requests\r\nRetry-After: 60");
		echo("down", "503 Service Unavailable\r\nRetry-After: Thu, 01 Jan 2099 00:00:00 GMT");
		echo("broken", "503 Service Unavailable");
		add("silent").answerAndHang("");
		add("half").answerAndHang("HTTP/1.1 500 x\r\nContent-Length: 999\r\n\r\nwords of the answer /hooks/secret-of");
		add("endless").answerAndTrickle("HTTP/1.1 500 x\r\n" + WORDS);
		add("large").answerWith("HTTP/1.1 500 x\r\n" + WORDS, 10 * 1024 * 1024);
		add("closed").answer("");
		add("nohttp").answer("words of the answer " + PATH + "\r\n\r\n");
		add("refused").close();
		add("plain").answerAtOnce("HTTP/1.1 400 Bad Request\r\n" + WORDS);
		this.urls.computeIfPresent("plain", (name, url) -> URI.create(url.toString().replace("http:", "https:")));
		this.urls.put("unknown", URI.create("http://nowhere.invalid" + PATH));
	}

	private void echo(String name, String status) {
		add(name).echo("HTTP/1.1 " + status + "\r\n" + WORDS);
	}

	private RawServer add(String name) {
		RawServer server = new RawServer();
		this.servers.add(server);
		this.urls.put(name, server.url("http").resolve(PATH));
		return server;
	}

	private String[] arguments() {
		RawServer alarms = new RawServer();
		this.servers.add(alarms);
		alarms.echo("HTTP/1.1 500 x\r\n" + WORDS);
		List<String> arguments = new ArrayList<>(
				List.of("--pulsehook.defaults.max-retries=0", "--management.tracing.sampling.probability=1",
						"--management.opentelemetry.tracing.export.otlp.endpoint=" + this.collector.url(),
						"--pulsehook.alerts.url=" + alarms.url("http").resolve(PATH),
						"--pulsehook.alerts.secret=whsec_" + KEY, "--pulsehook.alerts.pause=1ms"));
		arguments.addAll(chats());
		this.urls.forEach((name, url) -> {
			String destination = "--pulsehook.destinations." + name + ".";
			arguments.addAll(List.of(destination + "url=" + url, destination + "secret=whsec_" + KEY,
					destination + "headers.authorization=Bearer secret-of-the-header", destination + "timeout=2s"));
		});
		return arguments.toArray(String[]::new);
	}

	private List<String> chats() {
		RawServer server = new RawServer();
		this.servers.add(server);
		server.echo("HTTP/1.1 400 Bad Request\r\n" + WORDS);
		String telegram = "--pulsehook.destinations.telegram.";
		String slack = "--pulsehook.destinations.slack.";
		return List.of(telegram + "text={title}", telegram + "telegram.token=12345:secret-of-the-bot",
				telegram + "telegram.chat=-100", telegram + "telegram.url=" + server.url("http").resolve("/"),
				slack + "text={title}", slack + "slack.url=" + server.url("http").resolve(PATH));
	}

	private void assertThatAllHaveFailed(OperatorClient operator, String event) {
		JsonNode deliveries = operator.get("/api/events/" + event).get("deliveries");
		assertThat(deliveries).as("Those that are posted to, the chats, and the plug-in's handler")
			.hasSize(this.urls.size() + 3);
		for (JsonNode delivery : deliveries) {
			assertThat(delivery.get("attempts")).as("Attempts of " + delivery.get("handler")).isNotEmpty();
		}
		assertThat(operator.get("/api/deliveries?handler=pulsehookAlerts&status=dead").get("items")).isNotEmpty();
	}

	private String pages(OperatorClient operator, String event) {
		StringBuilder pages = new StringBuilder();
		for (String path : List.of("/api/handlers", "/api/events", "/api/events/" + event, "/api/deliveries",
				"/actuator/health", "/actuator/metrics", "/actuator/prometheus", "/console", "/console/events/" + event,
				"/console/handlers", "/console/dead-letters")) {
			HttpResponse<String> page = operator.send(path);
			assertThat(page.statusCode()).as(path).isIn(200, 503);
			pages.append(path).append('\n').append(page.body()).append('\n');
		}
		return pages.toString();
	}

	private String trials(OperatorClient operator) {
		return Stream.concat(this.urls.keySet().stream(), Stream.of("telegram", "slack"))
			.parallel()
			.map((name) -> trial(operator, name))
			.collect(Collectors.joining("\n"));
	}

	private static String trial(OperatorClient operator, String name) {
		HttpResponse<String> trial = operator.post("/api/destinations/" + name + "/test");
		assertThat(trial.statusCode()).as(trial.body()).isEqualTo(200);
		return trial.body();
	}

	// The spans are no text, but all texts in them are as they are.
	private String spans() {
		return this.collector.all().stream().map(HttpReceiver.Received::text).collect(Collectors.joining());
	}

	private static void assertThatClean(String where, String text, List<String> secrets) {
		for (String secret : secrets) {
			int index = text.indexOf(secret);
			String around = (index < 0) ? ""
					: text.substring(Math.max(0, index - 300), Math.min(text.length(), index + 100));
			assertThat(around).as("'%s' in the %s", secret, where).isEmpty();
		}
	}

}
