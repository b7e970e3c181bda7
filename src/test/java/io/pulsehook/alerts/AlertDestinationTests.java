package io.pulsehook.alerts;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.pulsehook.Delivery;
import io.pulsehook.RetryLaterException;
import io.pulsehook.destination.http.HttpReceiver;
import io.pulsehook.dispatch.handler.DestinationException;
import io.pulsehook.dispatch.handler.OutgoingEvent;
import io.pulsehook.event.EventReader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests that alarms are posted as Standard Webhooks says.
 */
class AlertDestinationTests {

	private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

	private final Alert alert = new Alert(Instant.now(), List.of(Alarm.silence(Instant.now())));

	private final Delivery delivery = Delivery.builder("pulsehookAlerts").id("7-abc-pulsehookAlerts").build();

	private final HttpReceiver receiver = new HttpReceiver();

	@AfterEach
	void close() {
		this.receiver.close();
	}

	@Test
	void isSignedSoThatAnyLibraryOfStandardWebhooksVerifiesIt() throws Exception {
		post(SECRET).send(alert());
		HttpReceiver.Received received = this.receiver.all().get(0);
		assertThat(received.header("webhook-id")).isEqualTo("7-abc-pulsehookAlerts");
		assertThat(received.header("content-type")).isEqualTo("application/json");
		assertThatNoException().isThrownBy(() -> new Webhook(SECRET).verify(received.text(), received.lists()));
		assertThat(received.text()).contains("No event has been received since");
	}

	@Test
	void isNotVerifiedWithAnotherSecret() throws Exception {
		post("whsec_QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFB").send(alert());
		HttpReceiver.Received received = this.receiver.all().get(0);
		assertThatExceptionOfType(WebhookVerificationException.class)
			.isThrownBy(() -> new Webhook(SECRET).verify(received.text(), received.lists()));
	}

	@Test
	void isNotSignedWithoutASecret() throws Exception {
		post(null).send(alert());
		assertThat(this.receiver.all().get(0).headers()).doesNotContainKey("webhook-signature");
	}

	@Test
	void failsForAnyAnswerThatIsNoSuccessAndSaysNothingOfTheUrl() {
		for (int status : new int[] { 302, 400, 404, 429, 500 }) {
			this.receiver.answer(status);
			assertThatExceptionOfType(DestinationException.class).isThrownBy(() -> post(SECRET).send(alert()))
				.withMessageStartingWith("The answer was " + status + " ")
				.withMessageNotContaining("hook");
		}
	}

	@Test
	void restsForAsLongAsTelegramSays() {
		this.receiver.answer(429, Map.of(), "{\"ok\":false,\"parameters\":{\"retry_after\":7}}");
		assertThatExceptionOfType(RetryLaterException.class)
			.isThrownBy(() -> post(null, AlertFormat.TELEGRAM).send(alert()))
			.satisfies((ex) -> assertThat(ex.getPause()).isEqualTo(Duration.ofSeconds(7)));
	}

	@Test
	void failsWhenNobodyListens() {
		this.receiver.close();
		assertThatExceptionOfType(DestinationException.class).isThrownBy(() -> post(SECRET).send(alert()))
			.withMessage("The connection was refused.");
	}

	@Test
	void refusesASecretThatIsNone() {
		assertThatIllegalArgumentException().isThrownBy(() -> post("whsec_not base64 at all"))
			.withMessageContaining("pulsehook.alerts.secret cannot be used")
			.withMessageNotContaining("not base64 at all");
	}

	private OutgoingEvent alert() {
		byte[] body = this.alert.toBytes();
		return new OutgoingEvent(7, "Alert", new EventReader().read(body), body, this.delivery);
	}

	private AlertDestination post(@Nullable String secret) {
		return post(secret, AlertFormat.STANDARD);
	}

	private AlertDestination post(@Nullable String secret, AlertFormat format) {
		URI url = this.receiver.url();
		return new AlertDestination(new AlertSettings(url, secret, format, "-1", null, Duration.ofHours(1),
				Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofMinutes(15), null), HttpReceiver.clients());
	}

}
