package io.pulsehook.destination.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.pulsehook.RetryLaterException;
import io.pulsehook.dispatch.handler.DestinationException;
import io.pulsehook.dispatch.handler.DestinationGoneException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests what each answer of a real server means.
 */
class HttpPostTests {

	private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

	private static final Duration TIMEOUT = Duration.ofSeconds(15);

	private static HttpReceiver receiver;

	private static HttpPost sender;

	@BeforeAll
	static void start() {
		receiver = new HttpReceiver();
		sender = HttpReceiver.clients(InstantSource.fixed(NOW)).post(TIMEOUT);
	}

	@AfterAll
	static void stop() {
		receiver.close();
	}

	@BeforeEach
	void forget() {
		receiver.all().clear();
	}

	@Test
	void sendsBytesAndHeadersAsTheyAre() throws Exception {
		receiver.answer(204);
		byte[] body = { 0, (byte) 0xff, (byte) 0xc3, 13, 10 };
		sender.send(new Post(receiver.url(), Map.of("content-type", "text/plain", "X-Key", "a, b"), body));
		HttpReceiver.Received received = receiver.all().get(0);
		assertThat(received.body()).isEqualTo(body);
		assertThat(received.header("content-type")).isEqualTo("text/plain");
		assertThat(received.header("x-key")).isEqualTo("a, b");
		assertThat(received.header("content-length")).isEqualTo("5");
		assertThat(received.header("user-agent")).isEqualTo("Pulsehook");
		assertThat(received.headers()).doesNotContainKeys("upgrade", "transfer-encoding", "accept-encoding");
	}

	@Test
	void anySuccessIsSuccess() throws Exception {
		receiver.answer(200, Map.of(), "a body");
		assertThat(send()).isEqualTo("200 OK");
		receiver.answer(204);
		assertThat(send()).isEqualTo("204 No Content");
		receiver.answer(299);
		assertThat(send()).isEqualTo("299");
	}

	@Test
	void anythingElseIsAFailureThatTellsTheStatusAndWhatWasSaid() {
		for (int status : new int[] { 400, 401, 404, 407, 422, 500, 502 }) {
			receiver.answer(status, Map.of(), "No such\r\nfield");
			assertThatExceptionOfType(HttpStatusException.class).isThrownBy(HttpPostTests::send)
				.satisfies(
						(ex) -> assertThat(ex.getMessage()).startsWith("The answer was " + status + " ").endsWith("."))
				.satisfies((ex) -> assertThat(ex.status().value()).isEqualTo(status))
				.satisfies((ex) -> assertThat(ex.body()).isEqualTo("No such\nfield"))
				.satisfies((ex) -> assertThat(ex.answer()).startsWith(status + " ").endsWith("\nNo such\nfield"));
		}
	}

	@Test
	void aRedirectIsNotFollowed() {
		for (int status : new int[] { 301, 302, 303, 307, 308 }) {
			receiver.all().clear();
			receiver.answer(status, Map.of("Location", receiver.url("/elsewhere").toString()), "");
			assertThatExceptionOfType(HttpStatusException.class).isThrownBy(HttpPostTests::send)
				.withMessageEndingWith(", and a redirect is not followed.")
				.satisfies((ex) -> assertThat(ex.answer()).doesNotContain("elsewhere"));
			assertThat(receiver.all()).hasSize(1);
		}
	}

	@Test
	void aReceiverThatIsGoneAsksForNothingMore() {
		receiver.answer(410, Map.of(), "Moved to another product");
		assertThatExceptionOfType(DestinationGoneException.class).isThrownBy(HttpPostTests::send)
			.withMessage("The answer was 410 Gone.")
			.satisfies((ex) -> assertThat(ex.answer()).isEqualTo("410 Gone\nMoved to another product"));
	}

	@Test
	void aPauseIsAskedForInSecondsOrWithADate() {
		receiver.answer(429, Map.of("Retry-After", "30"), "Slow down");
		assertThatPause(HttpPostTests::send, Duration.ofSeconds(30), "429 Too Many Requests\nSlow down");
		receiver.answer(429, Map.of("Retry-After", "Thu, 01 Jan 2026 10:01:30 GMT"), "");
		assertThatPause(HttpPostTests::send, Duration.ofSeconds(90), "429 Too Many Requests");
		receiver.answer(503, Map.of("Retry-After", "7"), "");
		assertThatPause(HttpPostTests::send, Duration.ofSeconds(7), "503 Service Unavailable");
	}

	@Test
	void withoutATimeThatCanBeReadItIsAFailure() {
		receiver.answer(429);
		assertThatExceptionOfType(HttpStatusException.class).isThrownBy(HttpPostTests::send);
		receiver.answer(503);
		assertThatExceptionOfType(HttpStatusException.class).isThrownBy(HttpPostTests::send);
		receiver.answer(503, Map.of("Retry-After", "soon"), "");
		assertThatExceptionOfType(HttpStatusException.class).isThrownBy(HttpPostTests::send);
		receiver.answer(500, Map.of("Retry-After", "7"), "");
		assertThatExceptionOfType(HttpStatusException.class).isThrownBy(HttpPostTests::send);
	}

	@Test
	void anAnswerIsReadInItsOwnCharset() {
		receiver.answer(400, Map.of("Content-Type", "text/plain; charset=utf-8"), "Нет");
		assertThat(failure().body()).isEqualTo("Нет");
		receiver.answer(400, Map.of("Content-Type", "text/plain; charset=iso-8859-1"), "ä");
		assertThat(failure().body()).isEqualTo("Ã¤");
		receiver.answer(400, Map.of("Content-Type", "a type; charset=none"), "Нет");
		assertThat(failure().body()).isEqualTo("Нет");
	}

	@Test
	void noMoreThanAKilobyteOfAnAnswerIsShown() {
		receiver.answer(400, Map.of(), "\u0000" + "\uD83D\uDE00".repeat(5_000));
		assertThat(failure().body()).hasSize(1023).startsWith("\uFFFD\uD83D\uDE00").endsWith("\uD83D\uDE00");
	}

	@Test
	void connectionsAreKeptAliveAlsoAfterFailures() throws Exception {
		for (int i = 0; i < 5; i++) {
			receiver.answer(200, Map.of(), "z".repeat(20_000));
			send();
			receiver.answer(500, Map.of(), "z".repeat(20_000));
			assertThatExceptionOfType(HttpStatusException.class).isThrownBy(HttpPostTests::send);
			receiver.answer(204);
			send();
		}
		assertThat(receiver.all()).hasSize(15);
		assertThat(receiver.all()).extracting(HttpReceiver.Received::port).containsOnly(receiver.all().get(0).port());
	}

	@Test
	void whatTheAnswerRepeatsOfThePostIsHidden() {
		String basic = "Basic dXNlcjpodW50ZXIyMg==";
		Map<String, String> headers = Map.of("Authorization", basic, "X-Api-Key", "k3y-0123456789", "X-Short", "no");
		Post post = new Post(receiver.url("/hooks/T0123/aSecretSegment?token=t0ken%2Fvalue&x=1"), headers, new byte[0]);
		String echo = String.join("\n", "POST " + post.url(), "path /hooks/T0123/aSecretSegment",
				"json \\/hooks\\/T0123\\/aSecretSegment", "segment aSecretSegment", "query token=t0ken%2Fvalue&amp;x=1",
				"decoded t0ken/value", basic, "dXNlcjpodW50ZXIyMg==", "user:hunter22", "hunter22", "key k3y-0123456789",
				"signed with whsec_abcdef", "no");
		receiver.answer(400, Map.of(), echo);
		assertThatExceptionOfType(HttpStatusException.class)
			.isThrownBy(() -> sender.hiding(List.of("whsec_abcdef")).send(post))
			.satisfies((ex) -> assertThat(ex.body().split("\n")).containsExactly("POST ***", "path ***", "json ***",
					"segment ***", "query ***", "decoded ***", "***", "***", "***", "***", "key ***", "signed with ***",
					"no"));
	}

	@Test
	void aPostTellsNothingOfItself() {
		assertThat(new Post(receiver.url(), Map.of("a", "b"), new byte[0])).hasToString("Post[]");
	}

	private static String send() throws DestinationException {
		return sender.send(new Post(receiver.url(), Map.of(), "{}".getBytes()));
	}

	private static HttpStatusException failure() {
		try {
			throw new AssertionError("It was taken: " + send());
		}
		catch (HttpStatusException ex) {
			return ex;
		}
		catch (DestinationException ex) {
			throw new AssertionError(ex);
		}
	}

	private static void assertThatPause(ThrowingCallable call, Duration pause, String answer) {
		assertThatExceptionOfType(RetryLaterException.class).isThrownBy(call)
			.satisfies((ex) -> assertThat(ex.getPause()).isEqualTo(pause))
			.satisfies((ex) -> assertThat(ex.getCause()).isInstanceOfSatisfying(HttpStatusException.class,
					(cause) -> assertThat(cause.answer()).isEqualTo(answer)));
	}

}
