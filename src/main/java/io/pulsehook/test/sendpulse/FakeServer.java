package io.pulsehook.test.sendpulse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

import io.pulsehook.event.Channel;

/**
 * Speaks HTTP: finds out which operation a request asks for, whether the caller may, and
 * whether the test wants it to fail.
 */
final class FakeServer {

	/** What the JDK's server reads before the first one of this process is created. */
	private static final String NO_DELAY = "sun.net.httpserver.nodelay";

	private static final String LOGIN = "/oauth/access_token";

	private static final String DIALOGS = "/chatbots/dialogs";

	private static final Map<String, Channel> BASES = Map.of("/telegram/", Channel.TELEGRAM, "/whatsapp/",
			Channel.WHATSAPP, "/instagram/", Channel.INSTAGRAM, "/messenger/", Channel.MESSENGER, "/viber/chatbots/",
			Channel.VIBER, "/live-chat/", Channel.LIVECHAT, "/tiktok/", Channel.TIKTOK);

	static {
		// The JDK's server sends the head of an answer and its body apart. The body would
		// wait some 40 ms until the client has acknowledged the head.
		if (System.getProperty(NO_DELAY) == null) {
			System.setProperty(NO_DELAY, "true");
		}
	}

	final Logins logins = new Logins();

	final RequestLimit limit = new RequestLimit();

	final Failures failures = new Failures();

	final Contacts contacts = new Contacts();

	final Sends sends = new Sends();

	final List<ApiRequest> requests = new CopyOnWriteArrayList<>();

	private final Operations operations = new Operations(this.sends);

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "fake-sendpulse");
		thread.setDaemon(true);
		return thread;
	});

	private final HttpServer server;

	private volatile CountDownLatch silence = new CountDownLatch(1);

	volatile AnswerStyle style = AnswerStyle.AS_SEEN;

	volatile int largestPage = Integer.MAX_VALUE;

	FakeServer() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The server that plays SendPulse found no free port.", ex);
		}
		this.server.createContext("/", this::handle);
		this.server.setExecutor(this.threads);
		this.server.start();
	}

	int port() {
		return this.server.getAddress().getPort();
	}

	void reset() {
		endSilence();
		this.logins.reset();
		this.limit.reset(RequestLimit.SENDPULSE);
		this.failures.reset();
		this.contacts.clear();
		this.sends.reset();
		this.requests.clear();
		this.style = AnswerStyle.AS_SEEN;
		this.largestPage = Integer.MAX_VALUE;
	}

	void close() {
		endSilence();
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	private void endSilence() {
		CountDownLatch former = this.silence;
		this.silence = new CountDownLatch(1);
		former.countDown();
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			ApiRequest request = read(exchange, body);
			if (request.path().equals(LOGIN) && request.method().equals("POST")) {
				write(exchange, this.logins.issue(request.contentType(), body));
				return;
			}
			Reply reply = reply(request, exchange.getRequestHeaders().getFirst("Authorization"));
			this.requests.add(request.withStatus((reply != null) ? reply.status() : 0));
			if (reply != null) {
				write(exchange, reply);
			}
		}
	}

	private static ApiRequest read(HttpExchange exchange, String body) {
		String path = exchange.getRequestURI().getPath();
		String base = BASES.keySet().stream().filter(path::startsWith).findFirst().orElse("/");
		return new ApiRequest(Instant.now(), exchange.getRequestMethod(), path, BASES.get(base),
				path.substring(base.length()), Logins.parameters(exchange.getRequestURI().getRawQuery()),
				exchange.getRequestHeaders().getFirst("Content-Type"), Logins.json(body), 0);
	}

	/**
	 * Finds the answer.
	 * @return the answer, or {@code null} to close the connection without one
	 */
	private @Nullable Reply reply(ApiRequest request, @Nullable String authorization) {
		if (!this.logins.isKnown(authorization)) {
			return Reply.unauthorized();
		}
		if (this.limit.isExceeded()) {
			return Reply.tooManyRequests();
		}
		FakeAnswer failure = this.failures.next(request.operation());
		if (failure == null) {
			return perform(request);
		}
		if (failure.isAfterwards()) {
			perform(request);
		}
		if (failure.kind() == FakeAnswer.Kind.SILENCE) {
			awaitEndOfSilence();
		}
		return failure.reply();
	}

	private void awaitEndOfSilence() {
		try {
			this.silence.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private Reply perform(ApiRequest request) {
		Channel channel = request.channel();
		if (channel == null) {
			return (request.path().equals(DIALOGS) && request.method().equals("GET"))
					? new Dialogs(this.contacts, this.style, this.largestPage).list(request.query()) : Reply.notFound();
		}
		Operation operation = this.operations.find(request.method(), request.operation(), channel);
		if (operation == null) {
			return Reply.notFound();
		}
		Map<String, String> problems = operation.problems(channel, request.query(), request.body());
		if (!problems.isEmpty()) {
			return Reply.invalid(problems);
		}
		return operation.action()
			.perform(new Operation.Call(request.operation(), channel, request.query(), request.body(), this.contacts,
					this.style, this.largestPage));
	}

	private static void write(HttpExchange exchange, Reply reply) throws IOException {
		byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", reply.contentType());
		reply.headers().forEach(exchange.getResponseHeaders()::set);
		exchange.sendResponseHeaders(reply.status(), body.length);
		exchange.getResponseBody().write(body);
	}

}
