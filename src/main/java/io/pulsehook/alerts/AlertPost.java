package io.pulsehook.alerts;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import org.jspecify.annotations.Nullable;

import io.pulsehook.Delivery;

/**
 * Posts an alert, signed as Standard Webhooks. It has an HTTP client of its own: the
 * application's may be observed, and would then put the URL, which is a secret with Slack
 * and Telegram, into metrics and spans.
 */
final class AlertPost {

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final int HTTP_OK = 200;

	private static final int HTTP_MULTIPLE_CHOICES = 300;

	private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();

	private final AlertSettings settings;

	private final AlertBody bodies;

	private final @Nullable Webhook signer;

	private final InstantSource clock;

	AlertPost(AlertSettings settings, InstantSource clock) {
		this.settings = settings;
		this.bodies = new AlertBody(settings);
		this.signer = signer(settings.secret());
		this.clock = clock;
	}

	private static @Nullable Webhook signer(@Nullable String secret) {
		try {
			return (secret != null) ? new Webhook(secret) : null;
		}
		catch (EmptyWebhookSecretException | IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"pulsehook.alerts.secret cannot be used. It is 'whsec_' and the Base64 of "
							+ "24 to 64 random bytes, for example what this prints: echo whsec_$(openssl rand -base64 32)");
		}
	}

	/**
	 * Posts an alert. The id is the same for every attempt, so that the receiver can
	 * recognise a repetition.
	 */
	void send(Alert alert, Delivery delivery) throws IOException, InterruptedException, WebhookSigningException {
		String body = this.bodies.of(alert);
		long timestamp = this.clock.instant().getEpochSecond();
		HttpRequest.Builder request = HttpRequest.newBuilder(this.settings.url())
			.timeout(TIMEOUT)
			.header("Content-Type", "application/json")
			.header("webhook-id", delivery.id())
			.header("webhook-timestamp", Long.toString(timestamp))
			.POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
		if (this.signer != null) {
			request.header("webhook-signature", this.signer.sign(delivery.id(), timestamp, body));
		}
		int status = this.client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
		if (status < HTTP_OK || status >= HTTP_MULTIPLE_CHOICES) {
			throw new IOException("The receiver of alarms answered with status " + status + ".");
		}
	}

}
