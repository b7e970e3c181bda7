package io.pulsehook.destination.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.pulsehook.Delivery;
import io.pulsehook.Samples;
import io.pulsehook.destination.DestinationSettings;
import io.pulsehook.destination.EventPayload;
import io.pulsehook.destination.PayloadFormat;
import io.pulsehook.dispatch.handler.Destination;
import io.pulsehook.dispatch.handler.OutgoingEvent;
import io.pulsehook.event.EventReader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests what a receiver gets of an event.
 */
class HttpDestinationTests {

	private static final String OLD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

	private static final String NEW = "whsec_QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFB";

	private static final HttpReceiver RECEIVER = new HttpReceiver();

	private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

	private static final Duration TIMEOUT = Duration.ofSeconds(15);

	@AfterAll
	static void stop() {
		RECEIVER.close();
	}

	@BeforeEach
	void forget() {
		RECEIVER.all().clear();
		RECEIVER.answer(204);
	}

	@Test
	void isVerifiedByTheReferenceLibraryAlsoWhileOneSecretReplacesAnother() throws Exception {
		create(InstantSource.system(), RECEIVER.url(), List.of(NEW, OLD), Map.of(), PayloadFormat.EVENT)
			.send(event(1, 1));
		HttpReceiver.Received received = RECEIVER.all().get(0);
		assertThatNoException().isThrownBy(() -> new Webhook(OLD).verify(received.text(), received.lists()));
		assertThatNoException().isThrownBy(() -> new Webhook(NEW).verify(received.text(), received.lists()));
		assertThatExceptionOfType(WebhookVerificationException.class)
			.isThrownBy(() -> new Webhook(OLD).verify(received.text().replace("4", "5"), received.lists()));
	}

	@Test
	void hasTheSameIdAndBytesAtEveryAttempt() throws Exception {
		Destination destination = destination(List.of(OLD), Map.of(), PayloadFormat.EVENT);
		destination.send(event(4, 1));
		destination.send(event(4, 2));
		HttpReceiver.Received first = RECEIVER.all().get(0);
		HttpReceiver.Received second = RECEIVER.all().get(1);
		assertThat(first.header("webhook-id")).isEqualTo("4-abc-crm").isEqualTo(second.header("webhook-id"));
		assertThat(first.header("pulsehook-attempt")).isEqualTo("1");
		assertThat(second.header("pulsehook-attempt")).isEqualTo("2");
		assertThat(first.body()).isEqualTo(second.body()).isEqualTo(EventPayload.of(event(4, 1)));
		assertThat(first.header("content-type")).isEqualTo("application/json");
		assertThat(first.header("webhook-timestamp")).isEqualTo("1767261600");
	}

	@Test
	void rawIsTheElementAsItCameAlsoIfItIsNoText() throws Exception {
		byte[] broken = { '{', '"', (byte) 0xff, (byte) 0xc3, '"', ':', '1', '}' };
		destination(List.of(NEW), Map.of(), PayloadFormat.RAW).send(event(4, 1, broken));
		HttpReceiver.Received received = RECEIVER.all().get(0);
		assertThat(received.body()).isEqualTo(broken);
		assertThat(received.header("webhook-signature")).isEqualTo(
				new Signatures("secret", List.of(NEW)).headers("4-abc-crm", NOW, broken).get("webhook-signature"));
	}

	@Test
	void sendsOwnHeadersAlongWhichMayReplaceTheContentType() throws Exception {
		Map<String, String> headers = Map.of("Authorization", "Bearer token", "x.api.key", "key", "Content-Type",
				"application/vnd.crm+json");
		destination(List.of(), headers, PayloadFormat.RAW).send(event(4, 1));
		assertThat(RECEIVER.all().get(0).headers()).containsEntry("authorization", "Bearer token")
			.containsEntry("x-api-key", "key")
			.containsEntry("content-type", "application/vnd.crm+json")
			.doesNotContainKeys("webhook-signature", "pulsehook-test");
	}

	@Test
	void aTrialIsMarkedAsSuch() throws Exception {
		destination(List.of(), Map.of(), PayloadFormat.EVENT).send(event(0, 1));
		assertThat(RECEIVER.all().get(0).header("pulsehook-test")).isEqualTo("true");
	}

	@Test
	void theMarkOfATrialHidesNothingOfWhatIsAnswered() throws Exception {
		RECEIVER.answer(400, Map.of(), "{\"valid\":true,\"sent\":1767261600}");
		Destination destination = destination(List.of(OLD), Map.of(), PayloadFormat.EVENT);
		assertThatExceptionOfType(HttpStatusException.class).isThrownBy(() -> destination.send(event(0, 1)))
			.satisfies((ex) -> assertThat(ex.body()).isEqualTo("{\"valid\":true,\"sent\":1767261600}"));
	}

	@Test
	void refusesHeadersThatWouldNotBeSentAndQuotesNoValue() {
		for (Map.Entry<String, String> header : Map
			.of("Host", "crm", "Content-Length", "crm", "webhook-id", "crm", "Pulsehook-Attempt", "crm", "a b", "crm",
					"x-key", "crm\r\nx: y")
			.entrySet()) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> destination(List.of(), Map.of(header.getKey(), header.getValue()), PayloadFormat.RAW))
				.withMessageStartingWith("headers")
				.withMessageNotContaining("crm");
		}
	}

	@Test
	void refusesASecretThatIsNoneAndAUrlWithAPassword() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> destination(List.of("whsec_not base64"), Map.of(), PayloadFormat.RAW))
			.withMessageStartingWith("secret cannot be used.");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> create(InstantSource.system(), URI.create("https://user:hunter22@crm.example"), List.of(),
					Map.of(), PayloadFormat.RAW))
			.withMessageStartingWith("url has a user or a password in it")
			.withMessageNotContaining("hunter22");
	}

	@Test
	void tellsNothingOfItself() {
		assertThat(destination(List.of(OLD), Map.of(), PayloadFormat.RAW)).hasToString("HttpDestination[]");
	}

	private static OutgoingEvent event(long id, int attempt) {
		return event(id, attempt, Samples.element(Samples.INCOMING_MESSAGE).getBytes(StandardCharsets.UTF_8));
	}

	private static OutgoingEvent event(long id, int attempt, byte[] body) {
		Delivery delivery = Delivery.builder("crm").id(id + "-abc-crm").attempt(attempt).receivedAt(NOW).build();
		return new OutgoingEvent(id, "IncomingMessage", new EventReader().read(body), body, delivery);
	}

	private static Destination destination(List<String> secrets, Map<String, String> headers, PayloadFormat payload) {
		return create(InstantSource.fixed(NOW), RECEIVER.url(), secrets, headers, payload);
	}

	private static Destination create(InstantSource clock, URI url, List<String> secrets, Map<String, String> headers,
			PayloadFormat payload) {
		return new HttpDestinationFactory(HttpReceiver.clients(clock)).create("crm",
				new DestinationSettings(url, secrets, headers, null, null, null, List.of(), payload, null), TIMEOUT);
	}

}
