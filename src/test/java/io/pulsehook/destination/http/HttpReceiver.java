package io.pulsehook.destination.http;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An HTTP server that something is posted to. It answers as it is told.
 */
public final class HttpReceiver implements AutoCloseable {

	private static final Answer NO_CONTENT = new Answer(204, Map.of(), new byte[0]);

	private final List<Received> received = new CopyOnWriteArrayList<>();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final HttpServer server;

	private volatile Answer answer = NO_CONTENT;

	public HttpReceiver() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/", this::receive);
		this.server.setExecutor(this.threads);
		this.server.start();
	}

	/**
	 * Returns clients as the application has them by default.
	 */
	public static HttpClients clients() {
		return clients(InstantSource.system());
	}

	public static HttpClients clients(InstantSource clock) {
		return new HttpClients(ClientHttpRequestFactoryBuilder.jdk(), HttpClientSettings.defaults(), clock);
	}

	private void receive(HttpExchange exchange) throws IOException {
		Answer now = this.answer;
		Map<String, String> headers = exchange.getRequestHeaders()
			.entrySet()
			.stream()
			.collect(Collectors.toMap((header) -> header.getKey().toLowerCase(Locale.ROOT),
					(header) -> String.join(", ", header.getValue()), (one, other) -> one, TreeMap::new));
		this.received.add(new Received(exchange.getRequestURI().getPath(), headers,
				exchange.getRequestBody().readAllBytes(), exchange.getRemoteAddress().getPort()));
		now.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
		exchange.sendResponseHeaders(now.status(), (now.body().length > 0) ? now.body().length : -1);
		try (OutputStream body = exchange.getResponseBody()) {
			body.write(now.body());
		}
		exchange.close();
	}

	public URI url() {
		return url("/hook");
	}

	public URI url(String path) {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort() + path);
	}

	public void answer(int status) {
		answer(status, Map.of(), "");
	}

	public void answer(int status, Map<String, String> headers, String body) {
		this.answer = new Answer(status, headers, body.getBytes(StandardCharsets.UTF_8));
	}

	public List<Received> all() {
		return this.received;
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	private record Answer(int status, Map<String, String> headers, byte[] body) {

	}

	/**
	 * What was posted.
	 *
	 * @param path the path of the URL
	 * @param headers the headers by their names in lower case
	 * @param body the body
	 * @param port the sender's end of the connection, which tells one from another
	 */
	public record Received(String path, Map<String, String> headers, byte[] body, int port) {

		public String header(String name) {
			return this.headers.getOrDefault(name, "");
		}

		public String text() {
			return new String(this.body, StandardCharsets.UTF_8);
		}

		public JsonNode json() {
			return JsonMapper.shared().readTree(this.body);
		}

		/**
		 * Returns the headers as the library of Standard Webhooks takes them.
		 */
		public Map<String, List<String>> lists() {
			return this.headers.entrySet()
				.stream()
				.collect(Collectors.toMap(Map.Entry::getKey, (header) -> List.of(header.getValue())));
		}

	}

}
