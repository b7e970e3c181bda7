package io.pulsehook.destination.http;

import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

import io.pulsehook.destination.PayloadFormat;
import io.pulsehook.dispatch.handler.Destination;
import io.pulsehook.dispatch.handler.DestinationException;
import io.pulsehook.dispatch.handler.OutgoingEvent;

/**
 * Posts events to a URL as Standard Webhooks. A repetition has the id and the bytes of
 * the first attempt; the number of the attempt is a header. Another header marks samples
 * that the operator sends as a trial.
 *
 * @param sender posts
 * @param url where to
 * @param headers own headers, which may replace the content type but nothing of what
 * Standard Webhooks says
 * @param payload what is posted of an event
 * @param signatures signs
 * @param clock the time at which a post is signed
 */
record HttpDestination(HttpPost sender, URI url, Map<String, String> headers, PayloadFormat payload,
		Signatures signatures, InstantSource clock) implements Destination {

	static final String ATTEMPT = "pulsehook-attempt";

	static final String TEST = "pulsehook-test";

	@Override
	public String send(OutgoingEvent event) throws DestinationException {
		byte[] body = this.payload.payload(event);
		Map<String, String> all = new LinkedHashMap<>();
		all.put(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
		all.putAll(this.headers);
		all.putAll(this.signatures.headers(event.delivery().id(), this.clock.instant(), body));
		all.put(ATTEMPT, Integer.toString(event.delivery().attempt()));
		if (event.isTest()) {
			all.put(TEST, "true");
		}
		return this.sender.send(new Post(this.url, all, body));
	}

	/**
	 * Tells nothing, because the URL and the headers may be secret.
	 */
	@Override
	public String toString() {
		return "HttpDestination[]";
	}

}
