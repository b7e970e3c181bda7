package io.pulsehook.sendpulse;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;

import io.pulsehook.event.Channel;
import io.pulsehook.test.sendpulse.ApiRequest;
import io.pulsehook.test.sendpulse.FakeSendPulse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests in real time that what reads conversations delays handlers by little.
 */
@Tag("thorough")
class HandlersGoFirstTests {

	private static final int CALLS = 40;

	private static final Duration PAUSE = Duration.ofMillis(250);

	private final FakeSendPulse server = new FakeSendPulse();

	private final SendPulse sendPulse = new SendPulse(new SendPulseAccount("pulsehook.sendpulse",
			SendPulseSettings.ofKey(FakeSendPulse.API_KEY).at(this.server.url()),
			ClientHttpRequestFactoryBuilder.jdk().build(HttpClientSettings.defaults()), () -> 1, Clock.systemUTC()),
			Map.of());

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void aHandlersCallWaitsForNoMoreThanASecondAndTheLimitIsKept() throws Exception {
		Thread reader = new Thread(this::readForEver);
		reader.start();
		Duration longest = Duration.ZERO;
		for (int i = 0; i < CALLS; i++) {
			Instant begin = Instant.now();
			TestCalls.openChat(this.sendPulse, "default", "c" + i);
			Duration took = Duration.between(begin, Instant.now());
			longest = (took.compareTo(longest) > 0) ? took : longest;
			Awaitility.await().pollDelay(PAUSE).until(() -> true);
		}
		reader.interrupt();
		reader.join();
		assertThat(longest).isLessThan(Duration.ofSeconds(1));
		assertThat(this.server.requests()).extracting(ApiRequest::status).containsOnly(200);
		List<Instant> reads = reads().toList();
		assertThat(reads).as("Goes on beside the handlers").hasSizeGreaterThan(CALLS / 2);
		assertThat(reads).allSatisfy((first) -> assertThat(
				reads.stream().filter((read) -> !read.isBefore(first) && read.isBefore(first.plusMillis(950))))
			.hasSizeLessThanOrEqualTo(5));
	}

	private void readForEver() {
		Conversations conversations = Objects.requireNonNull(this.sendPulse.conversations("default"));
		try {
			while (true) {
				conversations.history(Channel.TELEGRAM, "c1", 100, 0, null);
			}
		}
		catch (CancellationException | SendPulseException ex) {
			// The test is over.
		}
	}

	private Stream<Instant> reads() {
		return this.server.requests()
			.stream()
			.filter((request) -> request.operation().equals("chats/messages"))
			.map(ApiRequest::at);
	}

}
