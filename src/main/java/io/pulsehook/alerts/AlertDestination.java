package io.pulsehook.alerts;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

import io.pulsehook.destination.http.HttpClients;
import io.pulsehook.destination.http.HttpPost;
import io.pulsehook.destination.http.Post;
import io.pulsehook.destination.http.Signatures;
import io.pulsehook.destination.text.TelegramPost;
import io.pulsehook.dispatch.handler.Destination;
import io.pulsehook.dispatch.handler.DestinationException;
import io.pulsehook.dispatch.handler.OutgoingEvent;

/**
 * Posts alerts in the format that their receiver expects.
 */
final class AlertDestination implements Destination {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final HttpPost sender;

	private final URI url;

	private final AlertFormat format;

	private final AlertBody bodies;

	private final Signatures signatures;

	private final InstantSource clock;

	/**
	 * Creates the destination.
	 * @param settings where alerts are posted, and in which format
	 * @param clients the clients that they are posted with
	 * @throws IllegalArgumentException if the secret cannot be used
	 */
	AlertDestination(AlertSettings settings, HttpClients clients) {
		List<String> secrets = (settings.secret() != null) ? List.of(settings.secret()) : List.of();
		this.signatures = new Signatures("pulsehook.alerts.secret", secrets);
		this.sender = clients.post(TIMEOUT).hiding(secrets);
		this.url = settings.url();
		this.format = settings.format();
		this.bodies = new AlertBody(settings);
		this.clock = clients.clock();
	}

	@Override
	public String send(OutgoingEvent event) throws DestinationException {
		Alert alert = Alert.read(new String(event.body(), StandardCharsets.UTF_8));
		byte[] body = this.bodies.of(alert).getBytes(StandardCharsets.UTF_8);
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
		headers.putAll(this.signatures.headers(event.delivery().id(), this.clock.instant(), body));
		Post post = new Post(this.url, headers, body);
		return (this.format == AlertFormat.TELEGRAM) ? new TelegramPost(this.sender).send(post)
				: this.sender.send(post);
	}

}
