package io.pulsehook.destination.http;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.pulsehook.dispatch.handler.DestinationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests what becomes of a post whose receiver is not there, or does what no HTTP server
 * does.
 */
@Timeout(60)
class BrokenServerTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(1);

	private static final Duration LONG_TIMEOUT = Duration.ofMinutes(1);

	private static final String OK = "HTTP/1.1 200 OK\r\n";

	private static final String FAILED = "HTTP/1.1 500 Any http://reason\r\n";

	private final RawServer server = new RawServer();

	private final HttpClients clients = HttpReceiver.clients();

	// The first post of a process is slow, since it loads classes.
	@BeforeAll
	static void postOnce() throws DestinationException {
		try (RawServer server = new RawServer()) {
			server.answer(OK + "\r\n");
			HttpReceiver.clients().post(LONG_TIMEOUT).send(post(server.url("http")));
		}
	}

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void nobodyListens() {
		this.server.close();
		assertThatFails(this.server.url("http"), "The connection was refused.");
	}

	@Test
	void theHostIsUnknown() {
		assertThatFails(URI.create("http://nowhere.invalid/hook"), "The host was not found.");
	}

	@Test
	void thePortSpeaksNoTls() {
		this.server.answerAtOnce("HTTP/1.1 400 Bad Request\r\n\r\n");
		assertThatFails(this.server.url("https"), "There was no encrypted connection.");
	}

	@Test
	void nothingIsAnswered() {
		this.server.answerAndHang("");
		assertThatFails(TIMEOUT, this.server.url("http"), "There was no answer within 1 s.");
	}

	@Test
	void theConnectionIsClosedOrReset() {
		this.server.answer("");
		assertThatFails(this.server.url("http"), "The connection was closed before there was an answer.");
		this.server.answer("HTTP/1.1 200 O");
		assertThatFails(this.server.url("http"), "The connection was closed before there was an answer.");
		this.server.reset();
		assertThatFails(this.server.url("http"), "The connection was closed before there was an answer.");
	}

	@Test
	void theHeadersNeverEnd() {
		this.server.answerAndTrickle(OK + "X-Header: ");
		assertThatFails(TIMEOUT, this.server.url("http"), "There was no answer within 1 s.");
	}

	@Test
	void theAnswerIsNotHttp() {
		this.server.answer("SSH-2.0-OpenSSH_9.6 http://127.0.0.1/hook\r\n\r\n");
		assertThatFails(this.server.url("http"), "The post failed with ProtocolException.");
	}

	@Test
	void aHeaderCannotBeSent() {
		assertThatExceptionOfType(DestinationException.class)
			.isThrownBy(() -> this.clients.post(LONG_TIMEOUT)
				.send(new Post(this.server.url("http"), Map.of("X-Key", "a\r\nsecret"), new byte[0])))
			.withMessage("The post failed with IllegalArgumentException.")
			.withNoCause();
	}

	@Test
	void halfAnAnswerIsTold() {
		this.server.answerAndHang(FAILED + "Content-Length: 100\r\n\r\nhalf");
		assertThat(failure(TIMEOUT)).isEqualTo("500 Internal Server Error\nhalf");
		this.server.answer(FAILED + "Content-Length: 100\r\n\r\nhalf");
		assertThat(failure(LONG_TIMEOUT)).startsWith("500 Internal Server Error");
	}

	@Test
	void halfAnAnswerEndsWithinASecret() {
		this.server.answerAndHang(FAILED + "Content-Length: 100\r\n\r\nCannot post to /hoo");
		assertThat(failure(TIMEOUT)).isEqualTo("500 Internal Server Error\nCannot post to ***");
	}

	@Test
	void halfASuccessIsASuccess() throws Exception {
		this.server.answer(OK + "Content-Length: 100\r\n\r\nhalf");
		assertThat(send(LONG_TIMEOUT)).isEqualTo("200 OK");
		this.server.answerAndHang(OK + "Content-Length: 100\r\n\r\nhalf");
		assertThat(send(TIMEOUT)).isEqualTo("200 OK");
	}

	@Test
	void anAnswerWithoutEndIsLeft() throws Exception {
		this.server.answerAndTrickle(FAILED + "\r\n");
		assertThat(failure(LONG_TIMEOUT)).startsWith("500 Internal Server Error\nxx");
		this.server.answerAndTrickle(OK + "\r\n");
		assertThat(send(LONG_TIMEOUT)).isEqualTo("200 OK");
	}

	@Test
	void anAnswerOfTenMegabytesIsLeft() throws Exception {
		int size = 10 * 1024 * 1024;
		this.server.answerWith(FAILED + "Content-Length: " + size + "\r\n\r\n", size);
		assertThat(failure(LONG_TIMEOUT)).hasSize(1024 + "500 Internal Server Error\n".length());
		this.server.answerWith(OK + "Content-Length: " + size + "\r\n\r\n", size);
		assertThat(send(LONG_TIMEOUT)).isEqualTo("200 OK");
		assertThat(this.server.written()).as("Bytes taken of both answers").isLessThan(size);
	}

	private String send(Duration timeout) throws DestinationException {
		return this.clients.post(timeout).send(post(this.server.url("http")));
	}

	private String failure(Duration timeout) {
		try {
			throw new AssertionError("It was taken: " + send(timeout));
		}
		catch (DestinationException ex) {
			return String.valueOf(ex.answer());
		}
	}

	private void assertThatFails(URI url, String message) {
		assertThatFails(LONG_TIMEOUT, url, message);
	}

	private void assertThatFails(Duration timeout, URI url, String message) {
		assertThatExceptionOfType(DestinationException.class)
			.isThrownBy(() -> this.clients.post(timeout).send(post(url)))
			.withMessage(message)
			.withNoCause()
			.satisfies((ex) -> assertThat(ex.answer()).isNull());
	}

	private static Post post(URI url) {
		return new Post(url, Map.of(), "{}".getBytes());
	}

}
