package io.pulsehook.alerts;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.pulsehook.Delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

class AlertPostTests {

	private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

	private final Alert alert = new Alert(Instant.now(), List.of(Alarm.silence(Instant.now())));

	private final Delivery delivery = Delivery.builder("pulsehookAlerts").id("7-abc-pulsehookAlerts").build();

	private final AlertReceiver receiver = new AlertReceiver();

	@AfterEach
	void close() {
		this.receiver.close();
	}

	@Test
	void isSignedSoThatAnyLibraryOfStandardWebhooksVerifiesIt() throws Exception {
		post(SECRET).send(this.alert, this.delivery);
		AlertReceiver.Received received = this.receiver.all().get(0);
		assertThat(received.header("webhook-id")).isEqualTo("7-abc-pulsehookAlerts");
		assertThat(received.header("content-type")).isEqualTo("application/json");
		assertThatNoException().isThrownBy(() -> new Webhook(SECRET).verify(received.body(), received.headers()));
		assertThat(received.body()).contains("No event has been received since");
	}

	@Test
	void isNotVerifiedWithAnotherSecret() throws Exception {
		post("whsec_QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFB").send(this.alert, this.delivery);
		AlertReceiver.Received received = this.receiver.all().get(0);
		assertThatExceptionOfType(WebhookVerificationException.class)
			.isThrownBy(() -> new Webhook(SECRET).verify(received.body(), received.headers()));
	}

	@Test
	void isNotSignedWithoutASecret() throws Exception {
		post(null).send(this.alert, this.delivery);
		assertThat(this.receiver.all().get(0).headers()).doesNotContainKey("webhook-signature");
	}

	@Test
	void failsForAnyAnswerThatIsNoSuccessAndSaysNothingOfTheUrl() {
		for (int status : new int[] { 302, 400, 404, 429, 500 }) {
			this.receiver.answer(status);
			assertThatIOException().isThrownBy(() -> post(SECRET).send(this.alert, this.delivery))
				.withMessage("The receiver of alarms answered with status " + status + ".");
		}
	}

	@Test
	void failsWhenNobodyListens() {
		this.receiver.close();
		assertThatIOException().isThrownBy(() -> post(SECRET).send(this.alert, this.delivery));
	}

	@Test
	void refusesASecretThatIsNone() {
		assertThatIllegalArgumentException().isThrownBy(() -> post("whsec_not base64 at all"))
			.withMessageContaining("pulsehook.alerts.secret cannot be used")
			.withMessageNotContaining("not base64 at all");
	}

	private AlertPost post(@Nullable String secret) {
		URI url = this.receiver.url();
		return new AlertPost(
				new AlertSettings(url, secret, AlertFormat.STANDARD, null, null, Duration.ofHours(1),
						Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofMinutes(15), null),
				Clock.systemUTC());
	}

}
