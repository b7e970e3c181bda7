package io.pulsehook.destination.http;

import java.net.URI;
import java.util.Map;

/**
 * What is posted to another system.
 *
 * @param url where to
 * @param headers the headers, of which a later one replaces an earlier one of the same
 * name in other case
 * @param body the body, which is sent as it is
 */
public record Post(URI url, Map<String, String> headers, byte[] body) {

	/**
	 * Tells nothing, because all of it may be secret.
	 */
	@Override
	public String toString() {
		return "Post[]";
	}

}
