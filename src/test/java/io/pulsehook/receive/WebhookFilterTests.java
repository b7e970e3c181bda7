package io.pulsehook.receive;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.pulsehook.inbox.model.InboxUnavailableException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests the contract of the webhooks' address, in the order of its checks.
 */
@ExtendWith(OutputCaptureExtension.class)
class WebhookFilterTests {

	private static final String KNOWN = "/webhooks/" + EdgeServer.TOKEN;

	private static final String UNKNOWN = "/webhooks/some-other-token-of-a-stranger";

	private static final String TWO_EVENTS = """
			[{"title":"open_chat","service":"telegram","date":1700000000,
			  "bot":{"id":"b1"},"contact":{"id":"c1"}} , {"title":"unsubscribe","service":"telegram"}]""";

	@TempDir
	private File directory;

	private EdgeServer server;

	@BeforeEach
	void start() throws LifecycleException {
		this.server = new EdgeServer(this.directory);
	}

	@AfterEach
	void stop(CapturedOutput output) throws LifecycleException {
		this.server.close();
		assertThat(this.server.passedOn()).isZero();
		assertThat(output).doesNotContain(EdgeServer.TOKEN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "NONSENSE" })
	void answersAnUnknownTokenWithNotFoundWhateverTheMethod(String method) throws IOException {
		Reply reply = this.server.send(head(method, UNKNOWN), TWO_EVENTS.getBytes());
		assertProblem(reply, 404, "Not Found");
		assertThat(this.server.stored().all()).isEmpty();
		assertThat(this.server.count(RequestOutcome.UNKNOWN_TOKEN)).isOne();
	}

	@ParameterizedTest
	@CsvSource({ "203.0.113.0/24, 403", "127.0.0.0/8, 200" })
	void receivesFromAllowedAddressesOnly(String allowed, int status) throws Exception {
		this.server.close();
		this.server = new EdgeServer(this.directory, new AllowedAddresses(List.of(allowed)));
		assertThat(this.server.send(head("POST", "/webhooks/" + EdgeServer.TOKEN), TWO_EVENTS.getBytes()).status())
			.isEqualTo(status);
		assertThat(this.server.send(head("POST", UNKNOWN), TWO_EVENTS.getBytes()).status()).isEqualTo(404);
		assertThat(this.server.stored().all()).hasSize((status == 200) ? 2 : 0);
	}

	@Test
	void leavesTheBodyOfAnUnknownTokenUnread() throws IOException {
		try (RawHttp http = this.server.connect()) {
			http.send(head("POST", UNKNOWN) + "Content-Length: 5000\r\n\r\n");
			assertProblem(http.read(), 404, "Not Found");
		}
	}

	@Test
	void checksTheTokenBeforeAnythingElse() throws IOException {
		Reply reply = this.server.send(head("POST", UNKNOWN) + "Content-Encoding: gzip\r\n",
				new byte[EdgeServer.MAX_BODY_SIZE + 1]);
		assertThat(reply.status()).isEqualTo(404);
	}

	@Test
	void answersAProbeWithGet() throws IOException {
		Reply reply = this.server.send(head("GET", KNOWN), new byte[0]);
		assertThat(reply.status()).isEqualTo(200);
		assertThat(reply.body()).isEmpty();
		assertThat(this.server.count(RequestOutcome.PROBE)).isOne();
	}

	@Test
	void answersAProbeWithHead() throws IOException {
		try (RawHttp http = this.server.connect()) {
			Reply reply = http.send(head("HEAD", KNOWN) + "\r\n").readWithoutBody();
			assertThat(reply.status()).isEqualTo(200);
			assertThat(reply.header("content-length")).isEqualTo("0");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "PUT", "DELETE", "OPTIONS", "PATCH", "post", "NONSENSE" })
	void refusesOtherMethodsAndSaysWhichAreAllowed(String method) throws IOException {
		Reply reply = this.server.send(head(method, KNOWN), TWO_EVENTS.getBytes());
		assertProblem(reply, 405, "Method Not Allowed");
		assertThat(reply.header("allow")).isEqualTo("GET, HEAD, POST");
		assertThat(this.server.stored().all()).isEmpty();
		assertThat(this.server.count(RequestOutcome.METHOD)).isOne();
	}

	@Test
	void refusesACompressedBody() throws IOException {
		Reply reply = this.server.send(head("POST", KNOWN) + "Content-Encoding: gzip\r\n", gzip(TWO_EVENTS));
		assertProblem(reply, 415, "Unsupported Media Type");
		assertThat(reply.header("accept-encoding")).isEqualTo("identity");
		assertThat(this.server.stored().all()).isEmpty();
		assertThat(this.server.count(RequestOutcome.ENCODING)).isOne();
	}

	@Test
	void refusesASecondEncodingBehindIdentity() throws IOException {
		Reply reply = this.server.send(head("POST", KNOWN) + "Content-Encoding: identity\r\nContent-Encoding: gzip\r\n",
				gzip(TWO_EVENTS));
		assertThat(reply.status()).isEqualTo(415);
	}

	@Test
	void checksTheEncodingBeforeTheSize() throws IOException {
		Reply reply = this.server.send(head("POST", KNOWN) + "Content-Encoding: br\r\n",
				new byte[EdgeServer.MAX_BODY_SIZE + 1]);
		assertThat(reply.status()).isEqualTo(415);
	}

	@Test
	void acceptsTheIdentityEncoding() throws IOException {
		Reply reply = this.server.send(head("POST", KNOWN) + "Content-Encoding: Identity\r\n", TWO_EVENTS.getBytes());
		assertThat(reply.status()).isEqualTo(200);
	}

	@Test
	void refusesABodyThatIsTooLarge() throws IOException {
		Reply reply = this.server.post("[" + " ".repeat(EdgeServer.MAX_BODY_SIZE - 1) + "]");
		assertProblem(reply, 413, "Content Too Large");
		assertThat(reply.header("connection")).isEqualTo("close");
		assertThat(this.server.stored().all()).isEmpty();
		assertThat(this.server.count(RequestOutcome.TOO_LARGE)).isOne();
	}

	@Test
	void acceptsABodyOfExactlyTheLargestSize() throws IOException {
		assertThat(this.server.post("[" + " ".repeat(EdgeServer.MAX_BODY_SIZE - 2) + "]").status()).isEqualTo(200);
	}

	@Test
	void refusesABodyOfTooManyElementsAndKeepsNoneOfThem() throws IOException {
		Reply reply = this.server.post("[" + "{},".repeat(EdgeServer.MAX_ELEMENTS) + "{}]");
		assertProblem(reply, 413, "Content Too Large");
		assertThat(reply.body()).contains("more than " + EdgeServer.MAX_ELEMENTS + " elements");
		assertThat(this.server.stored().all()).isEmpty();
		assertThat(this.server.count(RequestOutcome.TOO_LARGE)).isOne();
	}

	@Test
	void acceptsABodyOfAsManyElementsAsAreAllowed() throws IOException {
		Reply reply = this.server.post("[" + "{},".repeat(EdgeServer.MAX_ELEMENTS - 1) + "{}]");
		assertThat(reply.body()).startsWith("{\"accepted\":" + EdgeServer.MAX_ELEMENTS + ",");
	}

	@ParameterizedTest
	@ValueSource(strings = { "hello", "42", "\"text\"", "null", " ", "[{\"title\":\"open_chat\"}", "[{}}",
			"[{\"title\":\"open_chat\"}]]", "a=1&b=2" })
	void keepsABodyThatIsNotJsonAsOneUnrecognizedEvent(String body) throws IOException {
		assertProblem(this.server.post(body), 400, "Bad Request");
		assertThat(this.server.stored().types()).containsExactly("UnrecognizedEvent");
		assertThat(this.server.stored().bodies()).containsExactly(body);
		assertThat(this.server.count(RequestOutcome.MALFORMED)).isOne();
	}

	@Test
	void saysWhereABodyIsBrokenWithoutQuotingIt() throws IOException {
		Reply reply = this.server.post("[{\"title\":\"secret\"} {\"title\":\"open_chat\"}]");
		assertThat(reply.body()).contains("byte 20").doesNotContain("secret");
	}

	@Test
	void keepsNothingOfAnEmptyBody() throws IOException {
		assertProblem(this.server.post(""), 400, "Bad Request");
		assertThat(this.server.stored().all()).isEmpty();
	}

	@Test
	void takesARequestWithoutAnyLengthForAnEmptyOne() throws IOException {
		try (RawHttp http = this.server.connect()) {
			assertProblem(http.send(head("POST", KNOWN) + "\r\n").read(), 400, "Bad Request");
		}
		assertThat(this.server.stored().all()).isEmpty();
	}

	@Test
	void keepsABodyInUtf16AsUnrecognized() throws IOException {
		byte[] body = TWO_EVENTS.getBytes(StandardCharsets.UTF_16);
		assertThat(this.server.send(head("POST", KNOWN), body).status()).isEqualTo(400);
		assertThat(this.server.stored().all()).singleElement()
			.satisfies((event) -> assertThat(event.body()).isEqualTo(body));
	}

	@Test
	void cannotRefuseABrokenBodyThatItCannotKeep() throws IOException {
		this.server.stored().failWith(mock(InboxUnavailableException.class));
		assertThat(this.server.post("hello").status()).isEqualTo(503);
	}

	@Test
	void acceptsEveryElementForItself() throws IOException {
		Reply reply = this.server.post(TWO_EVENTS);
		assertThat(reply.status()).isEqualTo(200);
		assertThat(reply.header("content-type")).isEqualTo("application/json");
		assertThat(reply.body()).isEqualTo("{\"accepted\":2,\"duplicates\":0,\"unrecognized\":0}");
		assertThat(this.server.stored().types()).containsExactly("OpenChat", "Unsubscribe");
		assertThat(this.server.stored().bodies()).last()
			.isEqualTo("{\"title\":\"unsubscribe\",\"service\":\"telegram\"}");
		assertThat(this.server.count(RequestOutcome.ACCEPTED)).isOne();
	}

	@Test
	void countsUnrecognizedElementsAmongTheAccepted() throws IOException {
		Reply reply = this.server.post("[{\"title\":\"open_chat\"},{\"unknown\":1},42]");
		assertThat(reply.body()).isEqualTo("{\"accepted\":3,\"duplicates\":0,\"unrecognized\":2}");
	}

	@Test
	void acceptsASingleObject() throws IOException {
		assertThat(this.server.post("{\"title\":\"open_chat\"}").body()).startsWith("{\"accepted\":1,");
	}

	@Test
	void acceptsABodyWithAByteOrderMark() throws IOException {
		assertThat(this.server.post("\uFEFF[{\"title\":\"open_chat\"}]").body()).startsWith("{\"accepted\":1,");
		assertThat(this.server.stored().bodies()).containsExactly("{\"title\":\"open_chat\"}");
	}

	@Test
	void answersAnEmptyArrayWithZerosWhetherTheStoreIsThereOrNot() throws IOException {
		this.server.stored().failWith(mock(InboxUnavailableException.class));
		Reply reply = this.server.post(" [ ] ");
		assertThat(reply.status()).isEqualTo(200);
		assertThat(reply.body()).isEqualTo("{\"accepted\":0,\"duplicates\":0,\"unrecognized\":0}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain", "application/xml", "multipart/form-data; boundary=x",
			"application/x-www-form-urlencoded; charset=utf-8", "nonsense", "application/json;charset=utf-16" })
	void acceptsJsonWhateverItsContentType(String contentType) throws IOException {
		Reply reply = this.server.send(head("POST", KNOWN) + "Content-Type: " + contentType + "\r\n",
				TWO_EVENTS.getBytes());
		assertThat(reply.body()).startsWith("{\"accepted\":2,");
	}

	@Test
	void acceptsAFormWhoseOnlyKeyIsJson() throws IOException {
		Reply reply = this.server.send(head("POST", KNOWN) + "Content-Type: application/x-www-form-urlencoded\r\n",
				"%5B%7B%22title%22%3A%22open+chat%22%7D%5D=".getBytes());
		assertThat(reply.body()).startsWith("{\"accepted\":1,");
		assertThat(this.server.stored().bodies()).containsExactly("{\"title\":\"open chat\"}");
	}

	@Test
	void saysWhenToTryAgainWhileTheInboxIsUnavailable(CapturedOutput output) throws IOException {
		this.server.stored().failWith(mock(InboxUnavailableException.class));
		Reply reply = this.server.post(TWO_EVENTS);
		assertProblem(reply, 503, "Service Unavailable");
		assertThat(reply.header("retry-after")).containsOnlyDigits();
		assertThat(this.server.count(RequestOutcome.UNAVAILABLE)).isOne();
		assertThat(output).doesNotContain("ERROR");
	}

	@Test
	void takesItsOwnFaultForAnOutageAndLogsItWithoutItsMessage(CapturedOutput output) throws IOException {
		this.server.stored().failWith(new IllegalStateException("quotes a body"));
		Reply reply = this.server.post(TWO_EVENTS);
		assertProblem(reply, 503, "Service Unavailable");
		assertThat(reply.header("retry-after")).containsOnlyDigits();
		assertThat(output).contains(IllegalStateException.class.getName(), "WebhookFilterTests.takesItsOwn")
			.doesNotContain("quotes a body");
	}

	@Test
	void takesAnErrorOfTheMachineForAnOutageToo() throws IOException {
		this.server.stored().failWith(new OutOfMemoryError());
		assertThat(this.server.post(TWO_EVENTS).status()).isEqualTo(503);
	}

	@Test
	void keepsTheConnectionForTheNextEvent() throws IOException {
		try (RawHttp http = this.server.connect()) {
			String request = head("POST", KNOWN) + "Content-Length: 2\r\n\r\n[]";
			assertThat(http.send(request).read().status()).isEqualTo(200);
			assertThat(http.send(request + request).read().status()).isEqualTo(200);
			assertThat(http.read().status()).isEqualTo(200);
		}
	}

	private static String head(String method, String path) {
		return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n";
	}

	private static byte[] gzip(String text) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
			zip.write(text.getBytes());
		}
		return bytes.toByteArray();
	}

	private static void assertProblem(Reply reply, int status, String title) {
		assertThat(reply.status()).isEqualTo(status);
		assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
		assertThat(reply.body())
			.contains("\"type\":\"about:blank\"", "\"title\":\"" + title + "\"", "\"status\":" + status,
					"\"detail\":\"")
			.doesNotContain("instance");
	}

}
