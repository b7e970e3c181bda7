package io.pulsehook.destination.http;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import io.pulsehook.destination.DestinationFactory;
import io.pulsehook.destination.DestinationSettings;
import io.pulsehook.dispatch.handler.Destination;

/**
 * Makes destinations that are posted to.
 */
public final class HttpDestinationFactory implements DestinationFactory {

	private final HttpClients clients;

	/**
	 * Creates the factory.
	 * @param clients the clients that are posted with
	 */
	public HttpDestinationFactory(HttpClients clients) {
		this.clients = clients;
	}

	@Override
	public boolean supports(DestinationSettings settings) {
		return settings.url() != null;
	}

	@Override
	public Destination create(String name, DestinationSettings settings, Duration timeout) {
		URI url = Objects.requireNonNull(settings.url());
		if (url.getRawUserInfo() != null) {
			throw new IllegalArgumentException("url has a user or a password in it, which would not be sent. "
					+ "Send both as headers.authorization, for example 'Basic' and the Base64 of user:password.");
		}
		Map<String, String> headers = OwnHeaders.of(settings.headers());
		Signatures signatures = Signatures.strict("secret", settings.secret());
		return new HttpDestination(this.clients.post(timeout).hiding(settings.secret()), url, headers,
				settings.payload(), signatures, this.clients.clock());
	}

}
