package io.pulsehook.receive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that each event reaches its handler, and reaches it once unless it was sent as a
 * different one.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(30)
class ScenarioTests {

	private static final AtomicInteger numbers = new AtomicInteger();

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
	void nothingWentWrong(CapturedOutput output) {
		assertThat(output).doesNotContain(" ERROR ").doesNotContain(EdgeServer.TOKEN);
	}

	@Test
	void aSingleEventIsHandledOnce() throws IOException {
		String event = event();
		assertAccepted(service.post(event), 1, 0);
		assertHandledOnce(event);
	}

	@Test
	void anEventThatIsSentAgainIsHandledOnce() throws IOException {
		String event = event();
		assertAccepted(service.post("[" + event + "]"), 1, 0);
		assertAccepted(service.post("[" + event + "]"), 0, 1);
		assertAccepted(service.post(" [ " + event + " ] "), 0, 1);
		assertHandledOnce(event);
	}

	@Test
	void anEventThatIsTwiceInABodyIsHandledOnce() throws IOException {
		String event = event();
		assertAccepted(service.post("[" + event + "," + event + "]"), 1, 1);
		assertHandledOnce(event);
	}

	@Test
	void anEventThatArrivesSixteenTimesAtOnceIsHandledOnce() throws Exception {
		String event = event();
		CyclicBarrier together = new CyclicBarrier(16);
		ExecutorService senders = Executors.newFixedThreadPool(16);
		try {
			List<Future<Reply>> replies = new ArrayList<>();
			for (int i = 0; i < 16; i++) {
				replies.add(senders.submit(() -> {
					together.await();
					return service.post(event);
				}));
			}
			int accepted = 0;
			for (Future<Reply> reply : replies) {
				assertThat(reply.get().status()).isEqualTo(200);
				accepted += reply.get().body().startsWith("{\"accepted\":1,") ? 1 : 0;
			}
			assertThat(accepted).isOne();
		}
		finally {
			senders.shutdownNow();
		}
		assertHandledOnce(event);
	}

	@Test
	void eventsInReversedOrderAreHandledAsTheyArrive() throws IOException {
		String later = event(1_700_000_100);
		String earlier = event(1_700_000_000);
		assertAccepted(service.post(later), 1, 0);
		assertAccepted(service.post(earlier), 1, 0);
		assertHandledOnce(later);
		assertHandledOnce(earlier);
		assertThat(service.handled().indexOf(later)).isLessThan(service.handled().indexOf(earlier));
	}

	@Test
	void anEventWhoseSenderDidNotWaitForTheAnswerIsHandledOnce() throws IOException {
		String event = event();
		try (RawHttp http = service.connect()) {
			http.send(RunningService.webhook("Content-Length: " + event.length()) + "\r\n" + event);
		}
		awaitHandled(event);
		assertAccepted(service.post(event), 0, 1);
		assertHandledOnce(event);
	}

	@Test
	void anEventThatWasCutOffIsHandledWhenItIsSentAgain() throws IOException {
		String event = event();
		try (RawHttp http = service.connect()) {
			http.send(RunningService.webhook("Content-Length: " + event.length()) + "\r\n" + event.substring(0, 30));
		}
		try (RawHttp http = service.connect()) {
			http.send(RunningService.webhook("Transfer-Encoding: chunked") + "\r\n"
					+ Integer.toHexString(event.length()) + "\r\n" + event + "\r\n");
		}
		assertAccepted(service.post(event), 1, 0);
		assertHandledOnce(event);
	}

	@Test
	void anAlteredEventIsAnotherOne() throws IOException {
		String event = event();
		String altered = event.replace("open_chat", "open_Chat");
		assertAccepted(service.post(event), 1, 0);
		assertAccepted(service.post(altered), 1, 0);
		assertHandledOnce(event);
		assertHandledOnce(altered);
	}

	@Test
	void aMalformedBodyIsKeptAndHandledAsUnrecognized() throws IOException {
		String body = "[" + event() + ", {\"title\"";
		assertThat(service.post(body).status()).isEqualTo(400);
		assertHandledOnce(body);
		assertThat(service.newest(1)).singleElement()
			.satisfies((event) -> assertThat(event.type()).isEqualTo("UnrecognizedEvent"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/html", "application/x-www-form-urlencoded", "multipart/form-data; boundary=a", "" })
	void anEventOfTheWrongContentTypeIsHandled(String contentType) throws IOException {
		String event = event();
		Reply reply = service.send(RunningService.webhook("Content-Type: " + contentType),
				event.getBytes(StandardCharsets.UTF_8));
		assertAccepted(reply, 1, 0);
		assertHandledOnce(event);
	}

	@Test
	void ofABatchThatIsPartlyKnownOnlyTheRestIsNew() throws IOException {
		List<String> events = List.of(event(), event(), event());
		assertAccepted(service.post("[" + events.get(1) + "]"), 1, 0);
		assertAccepted(service.post(events.toString()), 2, 1);
		assertAccepted(service.post(events.toString()), 0, 3);
		events.forEach(ScenarioTests::assertHandledOnce);
	}

	private static String event() {
		return event(1_700_000_000);
	}

	private static String event(long date) {
		return """
				{"title":"open_chat","service":"telegram","date":%d,"bot":{"id":"b"},\
				"contact":{"id":"c"},"n":%d}""".formatted(date, numbers.incrementAndGet());
	}

	private static void assertAccepted(Reply reply, int accepted, int duplicates) {
		assertThat(reply.status()).isEqualTo(200);
		assertThat(reply.body())
			.isEqualTo("{\"accepted\":" + accepted + ",\"duplicates\":" + duplicates + ",\"unrecognized\":0}");
	}

	private static void awaitHandled(String event) {
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> service.handled().contains(event));
	}

	// Asserts that the event was handled once. All events before it have been handled as
	// well, since all are of one contact.
	private static void assertHandledOnce(String event) {
		awaitHandled(event);
		assertThat(service.handled()).containsOnlyOnce(event);
	}

}
