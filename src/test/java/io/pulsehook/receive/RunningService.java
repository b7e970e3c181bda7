package io.pulsehook.receive;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.EventHandler;
import io.pulsehook.app.PulsehookApplication;
import io.pulsehook.event.Event;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.StoredEvent;
import io.pulsehook.inbox.query.StoredEvents;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole service as {@code main} starts it, with a handler that remembers what it was
 * given.
 */
final class RunningService implements AutoCloseable {

	private static final JsonMapper JSON = new JsonMapper();

	private static final String PASSWORD = "secret-of-the-operator";

	private final HttpClient client = HttpClient.newHttpClient();

	private final ConfigurableApplicationContext context;

	private final int port;

	RunningService(Path dataDirectory, String... more) {
		String[] arguments = new String[4 + more.length];
		arguments[0] = "--server.port=0";
		arguments[1] = "--pulsehook.token=" + EdgeServer.TOKEN;
		arguments[2] = "--pulsehook.data-dir=" + dataDirectory;
		arguments[3] = "--spring.security.user.password=" + PASSWORD;
		System.arraycopy(more, 0, arguments, 4, more.length);
		this.context = SpringApplication.from(PulsehookApplication::main)
			.with(HandlerConfiguration.class)
			.run(arguments)
			.getApplicationContext();
		this.port = this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	int port() {
		return this.port;
	}

	// Returns the bodies of the events that the handler was given, in that order.
	List<String> handled() {
		return this.context.getBean(Handled.class).bodies();
	}

	RawHttp connect() throws IOException {
		return new RawHttp(this.port);
	}

	static String head(String method, String path, String... headers) {
		StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
		for (String header : headers) {
			head.append(header).append("\r\n");
		}
		return head.toString();
	}

	static String webhook(String... headers) {
		return head("POST", "/webhooks/" + EdgeServer.TOKEN, headers);
	}

	Reply send(String head, byte[] body) throws IOException {
		try (RawHttp http = connect()) {
			return send(http, head, body);
		}
	}

	static Reply send(RawHttp http, String head, byte[] body) throws IOException {
		return http.send(head).send("Content-Length: " + body.length + "\r\n\r\n").send(body).read();
	}

	Reply post(byte[] body) throws IOException {
		return send(webhook(), body);
	}

	Reply post(String body) throws IOException {
		return post(body.getBytes(StandardCharsets.UTF_8));
	}

	JsonNode health() {
		return JSON.readTree(get("/actuator/health"));
	}

	// Returns the newest events, newest first. The API would be slow, since it checks the
	// password each time.
	List<StoredEvent> newest(int count) {
		return events().page(EventFilter.ALL, null, count).events();
	}

	byte[] body(StoredEvent event) {
		return events().body(event.id()).orElseThrow();
	}

	private StoredEvents events() {
		return this.context.getBean(StoredEvents.class);
	}

	byte[] raw(StoredEvent event) {
		return get("/api/events/" + event.id() + "/raw");
	}

	private byte[] get(String path) {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
			.header("Authorization", basic())
			.timeout(Duration.ofSeconds(20))
			.build();
		try {
			HttpResponse<byte[]> response = this.client.send(request, HttpResponse.BodyHandlers.ofByteArray());
			assertThat(response.statusCode()).as(path).isEqualTo(200);
			return response.body();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static String basic() {
		return "Basic "
				+ Base64.getEncoder().encodeToString(("user:" + PASSWORD).getBytes(StandardCharsets.ISO_8859_1));
	}

	@Override
	public void close() {
		this.context.close();
	}

	record Handled(List<String> bodies) {

	}

	@Configuration(proxyBeanMethods = false)
	static class HandlerConfiguration {

		@Bean
		Handled handled() {
			return new Handled(new CopyOnWriteArrayList<>());
		}

		@Bean
		EventHandler<Event> remember(Handled handled) {
			return (event, delivery) -> handled.bodies().add(delivery.raw());
		}

	}

}
