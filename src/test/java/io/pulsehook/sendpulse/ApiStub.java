package io.pulsehook.sendpulse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server that answers as a test says, and notes what it was asked and when.
 */
final class ApiStub implements AutoCloseable {

	static final String SECRET = "the-secret-of-the-account";

	private static final String LOGIN = "/oauth/access_token";

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final HttpServer server;

	private final CountDownLatch closed = new CountDownLatch(1);

	final List<Call> calls = new CopyOnWriteArrayList<>();

	final List<Call> logins = new CopyOnWriteArrayList<>();

	private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();

	private final Queue<Reply> loginReplies = new ConcurrentLinkedQueue<>();

	/** The answers to calls that name one of these contacts. */
	final Map<String, Reply> byContact = new ConcurrentHashMap<>();

	volatile Reply usual = Reply.json(200, "{\"success\":true,\"data\":true}");

	volatile @Nullable Reply usualLogin;

	/** Calls with this token get a 401. */
	volatile String refusedToken = "";

	ApiStub() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", this::answer);
		this.server.setExecutor(this.threads);
		this.server.start();
	}

	URI url() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort());
	}

	void next(Reply... replies) {
		this.replies.addAll(List.of(replies));
	}

	void nextLogin(Reply... replies) {
		this.loginReplies.addAll(List.of(replies));
	}

	private void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			boolean login = exchange.getRequestURI().getPath().equals(LOGIN);
			Call call = new Call(System.nanoTime(), exchange.getRequestMethod(), exchange.getRequestURI().toString(),
					String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
					new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
			(login ? this.logins : this.calls).add(call);
			write(exchange, login ? loginReply() : reply(call));
		}
	}

	private Reply reply(Call call) {
		if (call.authorization().equals("Bearer " + this.refusedToken)) {
			return Reply.json(401, "{\"message\":\"Unauthorized!\",\"error_code\":401}");
		}
		Reply next = this.replies.poll();
		return (next != null) ? next
				: this.byContact.entrySet()
					.stream()
					.filter((entry) -> call.body().contains("\"" + entry.getKey() + "\""))
					.map(Map.Entry::getValue)
					.findFirst()
					.orElse(this.usual);
	}

	private Reply loginReply() {
		Reply next = this.loginReplies.poll();
		Reply usual = (next != null) ? next : this.usualLogin;
		return (usual != null) ? usual
				: Reply.json(200, "{\"access_token\":\"token-%d\",\"token_type\":\"Bearer\",\"expires_in\":3600}"
					.formatted(this.logins.size()));
	}

	private void write(HttpExchange exchange, Reply reply) throws IOException {
		if (reply.status() == Reply.CUT) {
			return;
		}
		if (reply.status() == Reply.SILENCE) {
			awaitEnd();
			return;
		}
		byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
		reply.headers().forEach(exchange.getResponseHeaders()::set);
		exchange.sendResponseHeaders(reply.status(), (body.length > 0) ? body.length : -1);
		exchange.getResponseBody().write(body);
	}

	private void awaitEnd() {
		try {
			this.closed.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		this.closed.countDown();
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	/**
	 * A request.
	 */
	record Call(long at, String method, String uri, String authorization, String body) {

	}

	/**
	 * An answer.
	 */
	record Reply(int status, Map<String, String> headers, String body) {

		private static final int CUT = 0;

		private static final int SILENCE = -1;

		static Reply json(int status, String body) {
			return new Reply(status, Map.of("Content-Type", "application/json"), body);
		}

		static Reply html(int status) {
			return new Reply(status, Map.of("Content-Type", "text/html"), "<html>Just a moment</html>");
		}

		static Reply cut() {
			return new Reply(CUT, Map.of(), "");
		}

		static Reply silence() {
			return new Reply(SILENCE, Map.of(), "");
		}

		Reply with(String header, String value) {
			return new Reply(this.status, Map.of("Content-Type", "application/json", header, value), this.body);
		}

	}

}
