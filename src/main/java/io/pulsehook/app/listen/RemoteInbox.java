package io.pulsehook.app.listen;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;

/**
 * Reads the events of the deployed service through its API.
 */
final class RemoteInbox {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final int PAGE = 100;

	private final RestClient client;

	private final URI address;

	RemoteInbox(URI address, String user, String password) {
		this.address = address;
		JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(
				HttpClient.newBuilder().connectTimeout(TIMEOUT).build());
		requests.setReadTimeout(TIMEOUT);
		this.client = RestClient.builder()
			.baseUrl(address)
			.requestFactory(requests)
			.defaultHeaders((headers) -> headers.setBasicAuth(user, password))
			.build();
	}

	/**
	 * The newest event.
	 * @return its id, or 0 if there is none
	 */
	long newest() {
		List<Item> newest = page("/api/events?limit=1").items();
		return newest.isEmpty() ? 0 : newest.get(0).id();
	}

	/**
	 * The events that came behind another.
	 * @param id the id of that event
	 * @return the first of them, oldest first
	 */
	List<Item> after(long id) {
		return page("/api/events?after=" + id + "&limit=" + PAGE).items();
	}

	private Page page(String path) {
		return Objects.requireNonNull(this.client.get().uri(this.address + path).retrieve().body(Page.class));
	}

	/**
	 * The bytes of an event as they came.
	 * @param id the event's id
	 * @return the bytes, unless the event is not there any more
	 */
	Optional<byte[]> body(long id) {
		try {
			byte[] body = this.client.get()
				.uri(this.address + "/api/events/" + id + "/raw")
				.retrieve()
				.body(byte[].class);
			return Optional.of((body != null) ? body : new byte[0]);
		}
		catch (HttpClientErrorException.NotFound ex) {
			return Optional.empty();
		}
	}

	@Override
	public String toString() {
		return this.address.toString();
	}

	/**
	 * Some events.
	 *
	 * @param items the events
	 * @param next where more of them are
	 */
	record Page(List<Item> items, @Nullable String next) {

	}

	/**
	 * An event.
	 *
	 * @param id its id, which grows with the time of receipt
	 * @param type its type, for the log
	 */
	record Item(long id, String type) {

	}

}
