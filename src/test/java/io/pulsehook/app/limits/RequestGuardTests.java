package io.pulsehook.app.limits;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.apache.catalina.LifecycleException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class RequestGuardTests {

	private static final String FORM = "Content-Type: application/x-www-form-urlencoded";

	private static final String CHUNKED = "Transfer-Encoding: chunked";

	private final List<Socket> crowd = new ArrayList<>();

	@TempDir
	private File directory;

	private GuardedServer server;

	@BeforeEach
	void start() throws LifecycleException {
		this.server = new GuardedServer(this.directory, Duration.ofSeconds(2));
	}

	@AfterEach
	void stop() throws Exception {
		for (Socket socket : this.crowd) {
			socket.close();
		}
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "POST", "PUT", "PATCH", "DELETE", "ODD" })
	void refusesALargeBodyBeforeItIsSent(String method) throws IOException {
		assertThat(this.server.answer(GuardedServer.head(method, "/parameter", FORM, "Content-Length: 1001")))
			.startsWith("HTTP/1.1 413 ")
			.contains("Connection: close");
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "POST", "PUT", "PATCH", "DELETE", "ODD" })
	void countsTheBytesOfABodyWithoutALength(String method) throws IOException {
		String chunk = "1f4\r\n" + "a".repeat(500) + "\r\n";
		String head = GuardedServer.head(method, "/body", FORM, CHUNKED);
		assertThat(this.server.answer(head + chunk + chunk + "0\r\n\r\n")).startsWith("HTTP/1.1 200 ").endsWith("aaa");
		assertThat(this.server.answer(head + chunk + chunk + chunk)).startsWith("HTTP/1.1 413 ");
	}

	@Test
	void letsEventsThatAreLargerInWhereProgramsPostThem() throws IOException {
		String body = "a".repeat(GuardedServer.EVENTS_BODY);
		assertThat(this.server.answer(GuardedServer.head("POST", "/events", "Content-Length: 2000") + body))
			.startsWith("HTTP/1.1 200 ");
		assertThat(this.server.answer(GuardedServer.head("POST", "/events", "Content-Length: 2001")))
			.startsWith("HTTP/1.1 413 ");
		assertThat(this.server.answer(GuardedServer.head("POST", "/events/1", "Content-Length: 2000")))
			.startsWith("HTTP/1.1 413 ");
	}

	@Test
	void leavesBodiesAndParametersAsTheyWere() throws IOException {
		assertThat(
				this.server.answer(GuardedServer.head("POST", "/parameter", FORM, "Content-Length: 10") + "name=value"))
			.endsWith("parameter value");
		assertThat(this.server
			.answer(GuardedServer.head("POST", "/parameter", FORM, CHUNKED) + "5\r\nname=\r\n5\r\nvalue\r\n0\r\n\r\n"))
			.endsWith("parameter value");
		assertThat(this.server
			.answer(GuardedServer.head("PUT", "/body", "Content-Length: 5", "Expect: 100-continue") + "hello"))
			.startsWith("HTTP/1.1 100")
			.endsWith("body hello");
	}

	// The bytes behind the body must not be answered as a request of their own.
	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 5\r\n\r\nhello", CHUNKED + "\r\n\r\n5\r\nhello\r\n0\r\n\r\n" })
	void answersNothingBehindABody(String body) throws IOException {
		String first = "POST /body HTTP/1.1\r\nHost: localhost\r\n" + body;
		assertThat(this.server.answer(first + GuardedServer.head("GET", "/"))).contains("Connection: close")
			.endsWith("body hello");
	}

	@Test
	void answersTheNextRequestOfAConnection() throws IOException {
		String first = GuardedServer.head("GET", "/").replace("Connection: close\r\n", "");
		assertThat(this.server.answer(first + GuardedServer.head("GET", "/body"))).contains("here").endsWith("body ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 10", CHUNKED })
	void givesUpOnABodyThatDrips(String length) throws IOException {
		try (Socket socket = this.server.send(GuardedServer.head("POST", "/body", length))) {
			Awaitility.await().pollInterval(Duration.ofMillis(300)).until(() -> {
				socket.getOutputStream().write(length.equals(CHUNKED) ? "1\r\na\r\n".getBytes() : "a".getBytes());
				return socket.getInputStream().available() > 0;
			});
			assertThat(GuardedServer.readAll(socket)).startsWith("HTTP/1.1 408 ");
		}
	}

	@Test
	void refusesABodyThatIsBroken() throws IOException {
		assertThat(this.server.answer(GuardedServer.head("POST", "/body", CHUNKED) + "nonsense\r\n"))
			.startsWith("HTTP/1.1 400 ");
	}

	// Tomcat itself answers this request, and without the guard would wait for its body.
	@Test
	void waitsForNoBodyThatNobodyReads() throws IOException {
		String request = GuardedServer.head("OPTIONS", "*", "Content-Length: 1000")
			.replace("Connection: close\r\n", "");
		long best = Long.MAX_VALUE;
		for (int i = 0; i < 3; i++) {
			long began = System.nanoTime();
			this.server.answer(request + "a");
			best = Math.min(best, System.nanoTime() - began);
		}
		assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofMillis(1_500));
	}

	@Test
	void letsNobodyInWhileAsManyDoNotReadTheirAnswers() throws IOException {
		assertThat(fillUntilRefused(GuardedServer.head("GET", "/endless"), GuardedServer.REQUESTS,
				GuardedServer.head("GET", "/")))
			.contains("Retry-After: 5", "Connection: close");
		assertThat(this.server.answer(GuardedServer.head("GET", "/health/liveness"))).startsWith("HTTP/1.1 200 ");
	}

	@Test
	void letsOthersInWhileAsManySendTheirBodiesSlowly() throws IOException {
		fillUntilRefused(GuardedServer.head("POST", "/body", "Content-Length: 10"), GuardedServer.REQUESTS,
				GuardedServer.head("POST", "/body", "Content-Length: 1") + "a");
		assertThat(this.server.answer(GuardedServer.head("GET", "/"))).startsWith("HTTP/1.1 200 ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 1500", CHUNKED })
	void readsLargeEventsInPlacesOfTheirOwn(String length) throws IOException {
		fillUntilRefused(GuardedServer.head("POST", "/events", "Content-Length: 1500"), GuardedServer.LARGE_BODIES,
				GuardedServer.head("POST", "/events", length));
		assertThat(this.server.answer(GuardedServer.head("POST", "/events", "Content-Length: 5") + "hello"))
			.startsWith("HTTP/1.1 200 ");
		assertThat(this.server.answer(GuardedServer.head("POST", "/events", "Content-Length: 2001")))
			.startsWith("HTTP/1.1 413 ");
	}

	@Test
	void holdsThePlaceOfALargeBodyUntilItIsAnswered() throws IOException {
		fillUntilRefused(GuardedServer.head("POST", "/events?wait", "Content-Length: 1500") + "a".repeat(1_500),
				GuardedServer.LARGE_BODIES, GuardedServer.head("POST", "/events", "Content-Length: 1500"));
		this.server.answerAll();
		String next = GuardedServer.head("POST", "/events", "Content-Length: 1500") + "a".repeat(1_500);
		Awaitility.await().untilAsserted(() -> assertThat(this.server.answer(next)).startsWith("HTTP/1.1 200 "));
	}

	@Test
	void countsWhatItRefuses() throws IOException {
		this.server.answer(GuardedServer.head("POST", "/body", "Content-Length: 1001"));
		this.server.answer(GuardedServer.head("POST", "/body", CHUNKED) + "nonsense\r\n");
		this.server.answer(GuardedServer.head("POST", "/body", CHUNKED) + "3e9\r\n" + "a".repeat(1_001));
		assertThat(this.server.refused(Refusal.TOO_LARGE)).isEqualTo(2);
		assertThat(this.server.refused(Refusal.BROKEN)).isOne();
		assertThat(this.server.refused(Refusal.CROWDED)).isZero();
	}

	// Returns the refusal of a request that finds all places taken. One that was let in
	// may have had the place of one of the crowd, which was refused and comes again.
	private String fillUntilRefused(String crowd, int places, String request) throws IOException {
		fill(crowd, places);
		String refusal = Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
			replaceTheRefused(crowd);
			return this.server.answer(request);
		}, RequestGuardTests::isRefusal);
		assertThat(this.server.refused(Refusal.CROWDED)).isPositive();
		return refusal;
	}

	private void replaceTheRefused(String request) throws IOException {
		for (int i = 0; i < this.crowd.size(); i++) {
			if (wasRefused(this.crowd.get(i))) {
				this.crowd.get(i).close();
				this.crowd.set(i, this.server.send(request));
			}
		}
	}

	private static boolean wasRefused(Socket socket) throws IOException {
		byte[] status = new byte["HTTP/1.1 503 ".length()];
		socket.setSoTimeout(10);
		try {
			int length = socket.getInputStream().read(status);
			return length < 0 || isRefusal(new String(status, StandardCharsets.US_ASCII));
		}
		catch (SocketTimeoutException ex) {
			return false;
		}
		catch (SocketException ex) {
			return true;
		}
	}

	private static boolean isRefusal(String answer) {
		return answer.startsWith("HTTP/1.1 503 ");
	}

	@Test
	void cutsOffWhoReadsNothing() throws IOException {
		fill(GuardedServer.head("GET", "/endless"), GuardedServer.REQUESTS);
		awaitRoom();
	}

	@Test
	void cutsOffWhoReadsNowAndThen() throws IOException {
		fill(GuardedServer.head("GET", "/endless"), GuardedServer.REQUESTS);
		Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(50)).until(this::isCut);
		awaitRoom();
	}

	private boolean isCut() throws IOException {
		byte[] some = new byte[100_000];
		for (Socket socket : this.crowd) {
			try {
				InputStream in = socket.getInputStream();
				if (in.read(some) < 0) {
					return true;
				}
			}
			catch (SocketException ex) {
				return true;
			}
		}
		return false;
	}

	private void awaitRoom() {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(
					() -> assertThat(this.server.answer(GuardedServer.head("GET", "/"))).startsWith("HTTP/1.1 200 "));
	}

	private void fill(String request, int places) throws IOException {
		for (int i = 0; i < places; i++) {
			this.crowd.add(this.server.send(request));
		}
	}

}
