package io.pulsehook.receive;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.apache.catalina.LifecycleException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests bodies that come in pieces, late, too long or never.
 */
@ExtendWith(OutputCaptureExtension.class)
class SlowBodyTests {

	private static final String HEAD = "POST /webhooks/" + EdgeServer.TOKEN + " HTTP/1.1\r\nHost: localhost\r\n";

	private static final String CHUNKED = HEAD + "Transfer-Encoding: chunked\r\n\r\n";

	private static final String EVENT = "[{\"title\":\"open_chat\"}]";

	@TempDir
	private File directory;

	private EdgeServer server;

	@BeforeEach
	void start() throws LifecycleException {
		this.server = new EdgeServer(this.directory, "", Duration.ofSeconds(2), null);
	}

	@AfterEach
	void stop(CapturedOutput output) throws LifecycleException {
		this.server.close();
		assertThat(this.server.passedOn()).isZero();
		assertThat(output).doesNotContain(EdgeServer.TOKEN).doesNotContain("Exception");
	}

	@Test
	void acceptsABodyThatComesBehindItsHead() throws IOException {
		try (RawHttp http = this.server.connect()) {
			http.send(HEAD + "Expect: 100-continue\r\nContent-Length: " + EVENT.length() + "\r\n\r\n");
			assertThat(http.read().status()).isEqualTo(100);
			http.send(EVENT.substring(0, 5)).send(EVENT.substring(5));
			assertAccepted(http.read());
		}
	}

	@Test
	void acceptsABodyLargerThanTheContainersBuffer() throws IOException {
		assertAccepted(this.server.post(EVENT.replace("}", ",\"x\":\"" + "x".repeat(19_000) + "\"}")));
	}

	@Test
	void acceptsABodyInChunks() throws IOException {
		try (RawHttp http = this.server.connect()) {
			http.send(CHUNKED + chunk(EVENT.substring(0, 7)));
			http.send("1").send("0\r\n" + EVENT.substring(7) + "\r\n").send("0\r\n").send("\r\n");
			assertAccepted(http.read());
			assertAccepted(http.send(CHUNKED + chunk(EVENT) + chunk("")).read());
		}
	}

	@Test
	void acceptsChunksOfExactlyTheLargestSize() throws IOException {
		try (RawHttp http = this.server.connect()) {
			http.send(
					CHUNKED + chunk(EVENT) + chunk(" ".repeat(EdgeServer.MAX_BODY_SIZE - EVENT.length())) + chunk(""));
			assertAccepted(http.read());
		}
	}

	@Test
	void refusesChunksThatAddUpToTooMuch() throws IOException {
		try (RawHttp http = this.server.connect()) {
			http.send(CHUNKED + chunk(EVENT) + chunk(" ".repeat(EdgeServer.MAX_BODY_SIZE)) + chunk(""));
			assertRefused(http, 413, RequestOutcome.TOO_LARGE);
		}
	}

	@Test
	void refusesChunksWithoutEnd() throws IOException {
		try (RawHttp http = this.server.connect()) {
			http.send(CHUNKED + chunk(" ".repeat(EdgeServer.MAX_BODY_SIZE + 1)));
			assertRefused(http, 413, RequestOutcome.TOO_LARGE);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 100\r\n\r\n", "Content-Length: 100\r\n\r\n" + EVENT,
			"Transfer-Encoding: chunked\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n1",
			"Transfer-Encoding: chunked\r\n\r\n17\r\n" + EVENT + "\r\n" })
	void givesUpOnABodyThatStalls(String beginning) throws IOException {
		try (RawHttp http = this.server.connect()) {
			http.send(HEAD + beginning);
			assertRefused(http, 408, RequestOutcome.TIMEOUT);
		}
	}

	@Test
	void givesUpOnABodyThatDripsHoweverSteadily() throws IOException {
		try (RawHttp http = this.server.connect()) {
			http.send(HEAD + "Content-Length: 10000\r\n\r\n");
			Awaitility.await().pollInterval(Duration.ofMillis(50)).until(() -> {
				http.send(" ");
				return this.server.count(RequestOutcome.TIMEOUT) > 0;
			});
			assertThat(http.read().status()).isEqualTo(408);
		}
		assertThat(this.server.stored().all()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 100\r\n\r\n" + EVENT,
			"Transfer-Encoding: chunked\r\n\r\n17\r\n" + EVENT + "\r\n" })
	void keepsNothingOfABodyWhoseSenderLeaves(String beginning, CapturedOutput output) throws IOException {
		try (RawHttp http = this.server.connect()) {
			http.send(HEAD + beginning);
		}
		Awaitility.await().until(() -> this.server.count(RequestOutcome.ABORTED) > 0);
		assertThat(this.server.stored().all()).isEmpty();
		assertThat(output).doesNotContain("WARN").doesNotContain("ERROR").doesNotContain("SEVERE");
	}

	@Test
	void makesRoomForANewSenderWhereTooManyAreSlow() throws Exception {
		List<RawHttp> slow = new ArrayList<>();
		try (EdgeServer patient = new EdgeServer(this.directory, "", Duration.ofSeconds(60), null)) {
			for (int i = 0; i <= EdgeServer.SLOW_BODIES; i++) {
				slow.add(patient.connect().send(HEAD + "Content-Length: 1000\r\n\r\n["));
			}
			Awaitility.await().until(() -> patient.count(RequestOutcome.UNAVAILABLE) == 1);
			assertAccepted(patient.post(EVENT));
			for (RawHttp http : slow) {
				http.close();
			}
		}
	}

	@Test
	void closesTheConnectionOfAStrangerBeforeItsBodyHasArrived() throws IOException {
		try (RawHttp http = this.server.connect()) {
			http.send(HEAD.replace(EdgeServer.TOKEN, "guess") + "Content-Length: 1000\r\n\r\n[");
			Reply reply = http.read();
			assertThat(reply.status()).isEqualTo(404);
			assertThat(reply.header("connection")).isEqualTo("close");
		}
	}

	@Test
	void neverAcknowledgesAShortBodyToASenderThatStillListens() throws IOException {
		try (RawHttp http = this.server.connect()) {
			http.send(HEAD + "Content-Length: 100\r\n\r\n" + EVENT).endOutput();
			assertRefused(http, 400, RequestOutcome.ABORTED);
		}
		assertThat(this.server.stored().all()).isEmpty();
	}

	@Test
	void keepsNothingOfBrokenChunks() throws IOException {
		try (RawHttp http = this.server.connect()) {
			http.send(CHUNKED + chunk(EVENT) + "nonsense\r\n");
			assertRefused(http, 400, RequestOutcome.ABORTED);
		}
		assertThat(this.server.stored().all()).isEmpty();
	}

	private void assertAccepted(Reply reply) {
		assertThat(reply.status()).isEqualTo(200);
		assertThat(reply.body()).startsWith("{\"accepted\":1,");
	}

	private void assertRefused(RawHttp http, int status, RequestOutcome outcome) throws IOException {
		Reply reply = http.read();
		assertThat(reply.status()).isEqualTo(status);
		assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
		assertThat(reply.header("connection")).isEqualTo("close");
		assertThat(http.isClosedByServer()).isTrue();
		assertThat(this.server.stored().all()).isEmpty();
		assertThat(this.server.count(outcome)).isOne();
	}

	private static String chunk(String text) {
		return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
	}

}
