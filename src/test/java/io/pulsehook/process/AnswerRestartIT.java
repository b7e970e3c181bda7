package io.pulsehook.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.pulsehook.plugin.test.AnswerPlugin;
import io.pulsehook.test.sendpulse.FakeAnswer;
import io.pulsehook.test.sendpulse.FakeSendPulse;
import io.pulsehook.test.sendpulse.SentMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills the service while it sends messages: a contact gets each message once, and at
 * most once more if the kill came between the call and its record.
 */
@Timeout(300)
class AnswerRestartIT {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int KILLS = 10;

	private static final int EVENTS_OF_A_ROUND = 9;

	private static final int CONTACTS = 3;

	private final FakeSendPulse sendPulse = new FakeSendPulse();

	@TempDir
	Path directory;

	private int posted;

	@AfterEach
	void stop() {
		this.sendPulse.close();
	}

	@Test
	void sendsOnceMoreWhatAKillHitsBetweenTheCallAndItsRecord() throws Exception {
		this.sendPulse.failNext("contacts/send", FakeAnswer.silence().afterwards());
		try (ServiceProcess service = launch().start()) {
			post(service.webhook(), 1);
			awaitSent(1);
			service.kill();
		}
		try (ServiceProcess service = launch().start()) {
			post(service.webhook(), EVENTS_OF_A_ROUND);
			awaitDone(service);
		}
		assertThat(texts()).hasSize(1 + EVENTS_OF_A_ROUND)
			.containsEntry(new Posted("contact1", 1).title(), 2L)
			.allSatisfy((text, times) -> assertThat(times)
				.isEqualTo(text.equals(new Posted("contact1", 1).title()) ? 2 : 1));
	}

	@Test
	@Tag("thorough")
	void sendsOnceButForWhatAKillHits() throws Exception {
		for (int kill = 0; kill < KILLS; kill++) {
			try (ServiceProcess service = launch().start()) {
				awaitDone(service);
				int before = this.sendPulse.sent().size();
				post(service.webhook(), EVENTS_OF_A_ROUND);
				awaitSent(before + ThreadLocalRandom.current().nextInt(EVENTS_OF_A_ROUND));
				service.kill();
			}
		}
		try (ServiceProcess service = launch().start()) {
			awaitDone(service);
			assertThat(service.operator().events("&status=dead")).isEmpty();
		}
		assertThat(texts()).hasSize(this.posted).allSatisfy((text, times) -> assertThat(times).isLessThanOrEqualTo(2));
		assertThat(texts().values().stream().filter((times) -> times > 1)).hasSizeLessThanOrEqualTo(KILLS);
	}

	// With one thread, a kill finds one call at most.
	private Launch launch() {
		return Launch.in(this.directory)
			.plugin(AnswerPlugin.class)
			.with("--pulsehook.handlers.answerHandler.concurrency=1", "--pulsehook.handlers.answerHandler.delay=50ms",
					"--pulsehook.handlers.answerHandler.jitter=0")
			.with(this.sendPulse.properties()
				.entrySet()
				.stream()
				.map((property) -> "--" + property.getKey() + "=" + property.getValue())
				.toArray(String[]::new));
	}

	private void post(WebhookClient webhook, int events) throws Exception {
		for (int i = 0; i < events; i++) {
			this.posted++;
			assertThat(webhook.post(new Posted("contact" + this.posted % CONTACTS, this.posted).json()).statusCode())
				.isEqualTo(200);
		}
	}

	private void awaitSent(int messages) {
		Awaitility.await()
			.atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(1))
			.until(() -> this.sendPulse.sent().size() >= messages);
	}

	private static void awaitDone(ServiceProcess service) {
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(service.operator().events("&status=open")).isEmpty());
	}

	private Map<String, Long> texts() {
		return this.sendPulse.sent()
			.stream()
			.map(SentMessage::text)
			.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
	}

}
