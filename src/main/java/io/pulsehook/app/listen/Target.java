package io.pulsehook.app.listen;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * The URL that events are posted to. It may end in a token, so it is never logged.
 */
final class Target {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final RestClient client;

	private final URI url;

	Target(URI url) {
		this.url = url;
		JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(
				HttpClient.newBuilder().connectTimeout(TIMEOUT).build());
		requests.setReadTimeout(TIMEOUT);
		this.client = RestClient.builder()
			.requestFactory(requests)
			.defaultStatusHandler((status) -> true, (request, response) -> {
			})
			.build();
	}

	/**
	 * Posts an event as SendPulse would.
	 * @param body its bytes
	 * @return what was answered
	 */
	HttpStatusCode post(byte[] body) {
		return this.client.post()
			.uri(this.url)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.retrieve()
			.toBodilessEntity()
			.getStatusCode();
	}

	/**
	 * Names the target without its path.
	 */
	@Override
	public String toString() {
		return this.url.getScheme() + "://" + this.url.getAuthority();
	}

}
