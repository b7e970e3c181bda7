package io.pulsehook.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Another system that events are passed on to: it verifies them with the reference
 * library of Standard Webhooks, takes most of them, and remembers all.
 */
final class DestinationServer implements AutoCloseable {

	static final String SECRET = "whsec_c2VjcmV0LW9mLXRoZS1wcm9jZXNzLXRlc3RzLW9mLXVz";

	/** Of so many events, one is refused the first time. */
	private static final int REFUSED = 7;

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();

	DestinationServer() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/", this::answer);
		this.server.setExecutor(this.threads);
		this.server.start();
	}

	// Returns a URL of this server; arrivals tell by which of its URLs they came.
	String url(String path) {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + path;
	}

	// Returns what came by a URL, in the order in which it was answered.
	List<Arrival> arrivals(String path) {
		return this.arrivals.stream().filter((arrival) -> arrival.path().equals(path)).toList();
	}

	private void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			Arrival arrival = Arrival.of(exchange, body);
			int status = !arrival.verified() ? 401 : isRefused(arrival) ? 500 : 204;
			this.arrivals.add(arrival.answered(status));
			exchange.sendResponseHeaders(status, -1);
		}
	}

	private boolean isRefused(Arrival arrival) {
		return arrival.eventId() % REFUSED == 0
				&& arrivals(arrival.path()).stream().noneMatch((former) -> former.id().equals(arrival.id()));
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	/**
	 * A post.
	 *
	 * @param path the path of the URL
	 * @param id its {@code webhook-id}
	 * @param attempt its {@code pulsehook-attempt}
	 * @param verified whether its signature is right
	 * @param body the body
	 * @param payload the body as JSON
	 * @param status what was answered
	 */
	record Arrival(String path, String id, int attempt, boolean verified, String body, JsonNode payload, int status) {

		private static Arrival of(HttpExchange exchange, String body) {
			Map<String, List<String>> headers = new HashMap<>();
			exchange.getRequestHeaders()
				.forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), new ArrayList<>(values)));
			return new Arrival(exchange.getRequestURI().getPath(), exchange.getRequestHeaders().getFirst("webhook-id"),
					Integer.parseInt(exchange.getRequestHeaders().getFirst("pulsehook-attempt")),
					isSigned(headers, body), body, JsonMapper.shared().readTree(body), 0);
		}

		private static boolean isSigned(Map<String, List<String>> headers, String body) {
			try {
				new Webhook(SECRET).verify(body, headers);
				return true;
			}
			catch (WebhookVerificationException | EmptyWebhookSecretException ex) {
				return false;
			}
		}

		private Arrival answered(int status) {
			return new Arrival(this.path, this.id, this.attempt, this.verified, this.body, this.payload, status);
		}

		long eventId() {
			return Long.parseLong(this.payload.get("id").stringValue());
		}

		String contact() {
			return this.payload.at("/data/contact/id").stringValue();
		}

		boolean isTaken() {
			return this.status == 204;
		}

	}

}
