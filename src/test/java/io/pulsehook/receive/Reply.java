package io.pulsehook.receive;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a server answered.
 *
 * @param status the status
 * @param headers the headers by their names in lower case
 * @param body the body
 */
record Reply(int status, Map<String, String> headers, String body) {

	@Nullable String header(String name) {
		return this.headers.get(name);
	}

}
