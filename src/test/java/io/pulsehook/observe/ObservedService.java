package io.pulsehook.observe;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.pulsehook.EventHandler;
import io.pulsehook.RetryLaterException;
import io.pulsehook.UnrecoverableEventException;
import io.pulsehook.app.PulsehookApplication;
import io.pulsehook.event.BotBlock;
import io.pulsehook.event.LinkClick;
import io.pulsehook.event.NewSubscriber;
import io.pulsehook.event.OpenChat;
import io.pulsehook.event.Unsubscribe;

/**
 * The whole service as {@code main} starts it, with a handler for each kind of trouble:
 * {@code works} for {@code open_chat}, {@code hopeless} for {@code bot_block},
 * {@code fails} for {@code unsubscribe}, and {@code waits} for {@code link_click}.
 */
public final class ObservedService implements AutoCloseable {

	/** Texts that no log, metric or span may have. */
	public static final List<String> SECRETS = List.of("token-of-the-observed-service", "secret words of a message",
			"380501234567", "contact-of-a-person", "Message of the exception");

	private static final String TOKEN = SECRETS.get(0);

	private static final String PASSWORD = "password-of-the-operator";

	private final HttpClient client = HttpClient.newHttpClient();

	private final Path dataDirectory;

	private final ConfigurableApplicationContext context;

	private int contacts;

	public ObservedService(Path dataDirectory, String... more) {
		this(dataDirectory, new Class<?>[0], more);
	}

	public ObservedService(Path dataDirectory, Class<?>[] configurations, String... more) {
		this.dataDirectory = dataDirectory;
		List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--pulsehook.token=" + TOKEN,
				"--pulsehook.data-dir=" + dataDirectory, "--spring.security.user.password=" + PASSWORD,
				"--pulsehook.ack-timeout=30s", "--pulsehook.handlers.waits.concurrency=1"));
		arguments.addAll(List.of(more));
		this.context = SpringApplication.from(PulsehookApplication::main)
			.with(HandlerConfiguration.class)
			.with(configurations)
			.run(arguments.toArray(String[]::new))
			.getApplicationContext();
	}

	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	// Posts an event of a contact of its own and returns the status of the answer.
	public int post(String title) {
		return post(title, "whatsapp");
	}

	public int post(String title, String service, String... headers) {
		return send("/webhooks/" + TOKEN, """
				[{"title":"%s","service":"%s","date":1700000000,"bot":{"id":"b"},
				  "contact":{"id":"contact-of-a-person-%d","phone":"380501234567",
				  "last_message":"secret words of a message"}}]""".formatted(title, service, this.contacts++), headers)
			.statusCode();
	}

	// Posts the last event a second time.
	public int postAgain(String title) {
		this.contacts--;
		return post(title);
	}

	public int postTo(String token) {
		return send("/webhooks/" + token, "[]").statusCode();
	}

	private HttpResponse<String> send(String path, String body, String... headers) {
		HttpRequest.Builder request = request(path).POST(HttpRequest.BodyPublishers.ofString(body));
		for (int i = 0; i < headers.length; i += 2) {
			request.header(headers[i], headers[i + 1]);
		}
		return exchange(request.build());
	}

	public HttpResponse<String> get(String path) {
		String login = Base64.getEncoder().encodeToString(("user:" + PASSWORD).getBytes(StandardCharsets.ISO_8859_1));
		return exchange(request(path).header("Authorization", "Basic " + login).build());
	}

	private HttpRequest.Builder request(String path) {
		String port = this.context.getEnvironment().getRequiredProperty("local.server.port");
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
	}

	private HttpResponse<String> exchange(HttpRequest request) {
		try {
			return this.client.send(request, HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	// Lets the handler that waits go on, now and at all later calls.
	public void letGo() {
		bean(Gate.class).latch().countDown();
	}

	// Makes sure that nothing can be stored from now on.
	public void beginOutage() {
		rename("pulsehook_minute", "minute_taken_away");
		rename("pulsehook_probe", "probe_taken_away");
	}

	public void endOutage() {
		rename("minute_taken_away", "pulsehook_minute");
		rename("probe_taken_away", "pulsehook_probe");
	}

	private void rename(String table, String name) {
		String url = "jdbc:sqlite:" + this.dataDirectory.resolve("pulsehook.db");
		try (Connection connection = DriverManager.getConnection(url);
				Statement statement = connection.createStatement()) {
			statement.execute("alter table " + table + " rename to " + name);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		letGo();
		this.context.close();
	}

	private record Gate(CountDownLatch latch) {

	}

	@Configuration(proxyBeanMethods = false)
	static class HandlerConfiguration {

		@Bean
		Gate gate() {
			return new Gate(new CountDownLatch(1));
		}

		@Bean
		EventHandler<OpenChat> works() {
			return (event, delivery) -> {
			};
		}

		@Bean
		EventHandler<BotBlock> hopeless() {
			return (event, delivery) -> {
				throw new UnrecoverableEventException("Message of the exception");
			};
		}

		@Bean
		EventHandler<Unsubscribe> fails() {
			return (event, delivery) -> {
				throw new IllegalStateException("Message of the exception");
			};
		}

		@Bean
		EventHandler<NewSubscriber> busy() {
			return (event, delivery) -> {
				throw new RetryLaterException(Duration.ofMinutes(5), "Message of the exception");
			};
		}

		// This handler does not react to an interrupt.
		@Bean
		EventHandler<LinkClick> waits(Gate gate) {
			return (event, delivery) -> {
				while (gate.latch().getCount() > 0) {
					Thread.onSpinWait();
				}
			};
		}

	}

}
