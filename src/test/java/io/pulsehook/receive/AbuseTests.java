package io.pulsehook.receive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.pulsehook.inbox.query.StoredEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what strangers and broken senders may throw at the running service. Every reply
 * is searched for the token.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(30)
class AbuseTests {

	private static final String GOOD = "{\"title\":\"open_chat\",\"n\":\"%s\"}";

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static RunningService service;

	@BeforeAll
	static void start(@TempDir Path directory) {
		service = new RunningService(directory.resolve("data"));
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@AfterEach
	void nothingWentWrong(CapturedOutput output) throws IOException {
		assertThat(output).doesNotContain(" ERROR ").doesNotContain(EdgeServer.TOKEN);
		assertThat(service.post("[" + good("after") + "]").status()).isEqualTo(200);
	}

	@Test
	void everyElementOfABatchStandsForItself() throws IOException {
		byte[] body = String
			.join(",", "[" + good("first"), "{\"title\":\"never seen\"}", "7", "{\"title\":" + nested(5_000) + "}",
					"{\"title\":\"open_chat\",\"date\":" + "9".repeat(2_000) + "}", "{\"title\":\"open_chat?\"}",
					good("last") + "]")
			.getBytes(StandardCharsets.UTF_8);
		body[indexOf(body, '?')] = (byte) 0xFF;
		Reply reply = service.post(body);
		assertThat(reply.status()).isEqualTo(200);
		assertThat(reply.body()).startsWith("{\"accepted\":7,\"duplicates\":0,");
		awaitHandled(good("first"), good("last"));
		assertThat(service.newest(7)).extracting(StoredEvent::type)
			.containsExactly("OpenChat", "UnrecognizedEvent", "UnrecognizedEvent", "UnrecognizedEvent",
					"UnrecognizedEvent", "FlowWebhook", "OpenChat");
	}

	@Test
	void noPostPaysForTheTitleOfAnother() throws Exception {
		List<Future<Reply>> replies = new ArrayList<>();
		ExecutorService senders = Executors.newFixedThreadPool(64);
		try {
			for (String title : titles()) {
				replies.add(senders.submit(() -> service.post("[{\"title\":\"" + title + "\"}]")));
			}
			for (Future<Reply> reply : replies) {
				assertThat(reply.get()).satisfies((it) -> assertThat(it.status()).isEqualTo(200))
					.extracting(Reply::body)
					.isEqualTo("{\"accepted\":1,\"duplicates\":0,\"unrecognized\":0}");
			}
		}
		finally {
			senders.shutdownNow();
		}
	}

	private static List<String> titles() {
		return IntStream.range(0, 64).mapToObj((i) -> switch (i) {
			case 20 -> "title\\u0000";
			case 40 -> "t".repeat(100_000);
			default -> "title " + i;
		}).toList();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"title\":\"a\",\"title\":\"b\",\"contact\":{\"id\":1,\"id\":2}}",
			"{\"title\":\"\\ud83d\",\"contact\":{\"id\":\"\\ude00\"}}",
			"{\"title\":\"\\u0000\",\"bot\":{\"id\":\"\\u0000\"},\"contact\":{\"id\":\"\\u0000\"}}",
			"{\"\":\"\",\"title\":\" \"}", "{\"title\":1e999999999,\"date\":1e999999999}", "{\"title\":\"a\0b\"}",
			"{\"title\":\"x\",\"date\":-9223372036854775808}", "{\"title\":\"x\",\"date\":99999999999999999999}",
			"{\"order\":[{\"id\":1,\"status\":\"\\u0000\"}]}", "{\"__proto__\":{},\"@class\":\"java.lang.Runtime\"}",
			"{\"title\":\"'; drop table pulsehook_event; --\"}", "{\"title\":\"${jndi:ldap://localhost/a}\"}" })
	void keepsAnElementAsItIsHoweverOdd(String element) throws IOException {
		Reply reply = service.post("[" + element + "]");
		assertThat(reply.status()).isEqualTo(200);
		assertThat(reply.body()).startsWith("{\"accepted\":1,");
		assertThat(newestRaw()).isEqualTo(element.getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void keepsWhatNobodyCanBind() throws IOException {
		for (String element : List.of("{\"a\":" + nested(100_000) + "}", "{\"a\":" + "7".repeat(1_000_000) + "}",
				"[" + "7".repeat(1_000_000) + "]", "{" + "\"a\":0,".repeat(100_000) + "\"a\":1}")) {
			Reply reply = service.post("[" + element + "]");
			assertThat(reply.status()).isEqualTo(200);
			assertThat(reply.body()).isEqualTo("{\"accepted\":1,\"duplicates\":0,\"unrecognized\":1}");
			assertThat(newestRaw()).isEqualTo(element.getBytes(StandardCharsets.UTF_8));
		}
	}

	@Test
	void refusesHundredsOfThousandsOfTinyElements() throws IOException {
		long newest = newestId();
		Reply reply = service.post("[" + "1,".repeat(299_999) + "1]");
		assertThat(reply.status()).isEqualTo(413);
		assertThat(reply.body()).contains("more than 10000 elements");
		assertThat(newestId()).isEqualTo(newest);
	}

	@Test
	void storesAsManyElementsAsAreAllowedInGoodTime() throws IOException {
		long start = System.nanoTime();
		assertThat(service.post("[" + "2,".repeat(9_999) + "2]").body()).startsWith("{\"accepted\":10000,");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
	}

	@ParameterizedTest
	@ValueSource(strings = { "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32" })
	void keepsABodyOfAnotherEncodingAsItIs(String charset) throws IOException {
		byte[] body = ("[" + good(charset) + "]").getBytes(Charset.forName(charset));
		assertThat(service.post(body).status()).isEqualTo(400);
		assertThat(newestRaw()).isEqualTo(body);
	}

	@Test
	void keepsNothingOfACompressedBody() throws IOException {
		long newest = newestId();
		ByteArrayOutputStream zipped = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
			gzip.write(new byte[10_000_000]);
		}
		Reply reply = service.send(RunningService.webhook("Content-Encoding: gzip"), zipped.toByteArray());
		assertThat(reply.status()).isEqualTo(415);
		assertThat(newestId()).isEqualTo(newest);
		assertThat(service.post(zipped.toByteArray()).status()).as("without saying so").isEqualTo(400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: -1", "Content-Length: 2\r\nContent-Length: 3", "Content-Length: 2, 3",
			"Content-Length: 99999999999999999999", "Content-Length: 0x2", "Content-Length: two",
			"Transfer-Encoding: chunked, chunked", "Content-Length: 2\r\nTransfer-Encoding: nonsense",
			"Transfer-Encoding: gzip, chunked" })
	void refusesWrongLengths(String header) throws IOException {
		long newest = newestId();
		try (RawHttp http = service.connect()) {
			Reply reply = http.send(RunningService.webhook(header) + "\r\n[]").read();
			assertThat(reply.status()).isIn(400, 413, 501);
		}
		assertThat(newestId()).isEqualTo(newest);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 30\r\nTransfer-Encoding: chunked",
			"Transfer-Encoding: chunked\r\nContent-Length: 3" })
	void takesNoSecondRequestOutOfABody(String headers) throws IOException {
		try (RawHttp http = service.connect()) {
			http.send(RunningService.webhook(headers) + "\r\n2\r\n[]\r\n0\r\n\r\n"
					+ RunningService.webhook("Content-Length: 2") + "\r\n[]");
			assertThat(http.read().status()).isIn(200, 400);
			assertThat(http.isClosedByServer()).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/webhooks/%T/", "/webhooks/%T/x", "/webhooks/x/%T", "/webhooks", "/webhooks/",
			"/webhooks/%", "/webhooks/%T%2f", "/webhooks%2f%T", "/webhooks/%T%00", "/webhooks/%T%0d%0aX:y",
			"/webhooks/%T\u00ff", "/webhooks/\u00c0\u00af%T", "/webhooks/..%2f%T", "/webhooks/%T%5c", "/webhooks\\%T",
			"/webhooks/%T#", "/webhooks/*", "/webhooks/%%54", "/../webhooks/%Tx", "/webhooks/%Tx;", "/webhooks/;%T",
			"/webhooks/?%T", "/WEBHOOKS/%T", "*", "http://localhost/webhooks/x%T", "//webhooks/..;/%T" })
	void letsNobodyInByATrick(String path) throws IOException {
		long newest = newestId();
		try (RawHttp http = service.connect()) {
			http.send(("POST " + path.replace("%T", EdgeServer.TOKEN) + " HTTP/1.1\r\nHost: localhost\r\n"
					+ "Content-Length: 2\r\n\r\n[7]")
				.getBytes(StandardCharsets.ISO_8859_1));
			assertThat(http.read().status()).isIn(400, 401, 403, 404);
		}
		assertThat(newestId()).isEqualTo(newest);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/webhooks/%T", "//webhooks//%T", "/webhooks/%T;x=y", "/./webhooks/%2e/%T",
			"/x/../webhooks/%T", "/webhooks/%73EcrEt-token_of-the.default~source", "http://localhost/webhooks/%T" })
	void knowsTheTokenInEveryHonestSpelling(String path) throws IOException {
		assertThat(service.send(RunningService.head("POST", path.replace("%T", EdgeServer.TOKEN)), "[]".getBytes())
			.status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "X: " + "x", "X-Forwarded-For: 127.0.0.1", "X-HTTP-Method-Override: DELETE",
			"Content-Type: ;;;", "Content-Type: multipart/form-data",
			"Content-Type: application/json; charset=nonsense", "Cookie: JSESSIONID=../../x",
			"Authorization: Basic !!!", "Authorization: Bearer x", "Range: bytes=0-1", "Accept: nonsense",
			"Accept-Language: " + "x-,", "Expect: 100-continue", "Upgrade: h2c", "If-Match: x",
			"Origin: https://example.org", "X-Forwarded-Host: \u00ff", "Forwarded: host=example.org" })
	void isNotLedAstrayByAHeader(String header) throws IOException {
		try (RawHttp http = service.connect()) {
			http.send(RunningService.webhook(header, "Content-Length: 2") + "\r\n[]");
			Reply reply = http.read();
			assertThat((reply.status() == 100) ? http.read().status() : reply.status()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@CsvSource({ "20000, 1", "10, 20000", "10, 2000" })
	void refusesTooManyHeaders(int length, int count) throws IOException {
		try (RawHttp http = service.connect()) {
			http.trySend(RunningService.webhook(("X: " + "x".repeat(length) + "\r\n").repeat(count).strip()) + "\r\n");
			assertThat(http.readStatusOrEnd()).isIn(0, 400, 431);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "\0", "\r\n\r\n\r\n", "GET\r\n\r\n", "POST /webhooks/%T HTTP/9.9\r\n\r\n",
			"HELO you\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
			"\u0016\u0003\u0001\u0002\u0000", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "GET / HTTP/1.1\r\nHost: [::\r\n\r\n",
			"GET / HTTP/1.1\r\nHost: x\r\n\0: y\r\n\r\n", "CONNECT localhost:1 HTTP/1.1\r\nHost: x\r\n\r\n",
			"TRACE /webhooks/%T HTTP/1.1\r\nHost: x\r\n\r\n" })
	void survivesWhatIsNoRequest(String request) throws IOException {
		try (RawHttp http = service.connect()) {
			http.send(request.replace("%T", EdgeServer.TOKEN).getBytes(StandardCharsets.ISO_8859_1)).endOutput();
			assertThat(http.readStatusOrEnd()).isIn(0, 302, 400, 401, 404, 405, 501, 505);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/events", "/api/events/1", "/api/events/1/raw", "/api/deliveries", "/api/handlers",
			"/api/openapi.yaml", "//api/events", "/api;x/events", "/%61pi/events", "/api/events/", "/api/./events",
			"/api/x/../events", "/api/%2e/events", "/actuator", "/actuator/env", "/actuator/heapdump",
			"/actuator/health/../env", "/actuator/health;/../env", "/actuator/health/%2e%2e/env",
			"/actuator/health/..%2fenv", "/error", "/", "/webhooks/../api/events", "/webhooks/..;/api/events",
			"/API/events", "/login", "/console" })
	void showsNothingToWhoIsNotLoggedIn(String path) throws IOException {
		for (String method : List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")) {
			try (RawHttp http = service.connect()) {
				http.send(RunningService.head(method, path) + "Content-Length: 0\r\n\r\n");
				Reply reply = method.equals("HEAD") ? http.readWithoutBody() : http.read();
				assertThat(reply.status()).as(method).isIn(302, 400, 401, 403, 404);
				assertThat(String.valueOf(reply.header("set-cookie"))).as("a session").doesNotContain("JSESSIONID");
				assertThat(reply.body()).doesNotContain("open_chat", "Exception");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "dXNlcjp3cm9uZw==", "dXNlcjo=", "Og==", "!!!", "" })
	void letsNobodyInWithAnotherPassword(String credentials) throws IOException {
		Reply reply = service.send(RunningService.head("GET", "/api/events", "Authorization: Basic " + credentials),
				new byte[0]);
		assertThat(reply.status()).isEqualTo(401);
	}

	@Test
	void answersTwoThousandGuessesOfTheTokenAllTheSame(CapturedOutput output) throws IOException {
		int logged = output.getAll().length();
		long newest = newestId();
		long start = System.nanoTime();
		String first = guess(0).body();
		for (int i = 1; i < 2_000; i++) {
			Reply reply = guess(i);
			assertThat(reply.status()).isEqualTo(404);
			assertThat(reply.body()).isEqualTo(first);
		}
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
		assertThat(output.getAll().substring(logged).lines()).hasSizeLessThanOrEqualTo(1);
		assertThat(newestId()).isEqualTo(newest);
	}

	private static Reply guess(int number) throws IOException {
		String almost = EdgeServer.TOKEN.substring(0, number % EdgeServer.TOKEN.length()) + number;
		return service.send(RunningService.head("POST", "/webhooks/" + almost), "[7]".getBytes());
	}

	@Test
	void answersAGuessWithTheWholeBodyBehindIt() throws IOException {
		String head = RunningService.head("POST", "/webhooks/" + "guess".repeat(5));
		for (int size : List.of(100_000, 1_000_000)) {
			assertThat(service.send(head, new byte[size]).status()).isEqualTo(404);
		}
	}

	@Test
	void refusesWhatIsTooLargeWhenItIsAnnounced() throws IOException {
		try (RawHttp http = service.connect()) {
			http.send(RunningService.webhook("Content-Length: 1048577") + "\r\n");
			assertThat(http.read().status()).isEqualTo(413);
		}
	}

	private static String good(String name) {
		return GOOD.formatted(name);
	}

	private static String nested(int depth) {
		return "[".repeat(depth) + "]".repeat(depth);
	}

	private static int indexOf(byte[] body, char character) {
		return new String(body, StandardCharsets.ISO_8859_1).indexOf(character);
	}

	private static void awaitHandled(String... bodies) {
		Awaitility.await().atMost(PATIENCE).until(() -> service.handled().containsAll(List.of(bodies)));
	}

	private static long newestId() {
		List<StoredEvent> newest = service.newest(1);
		return newest.isEmpty() ? 0 : newest.get(0).id();
	}

	private static byte[] newestRaw() {
		return service.raw(service.newest(1).get(0));
	}

}
