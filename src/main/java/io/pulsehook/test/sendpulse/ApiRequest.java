package io.pulsehook.test.sendpulse;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.pulsehook.event.Channel;

/**
 * A call of the API, whether it went well or not. Requests of tokens are none.
 *
 * @param at when it arrived
 * @param method the HTTP method
 * @param path the path as requested
 * @param channel the channel whose API it belongs to, or {@code null} for none
 * @param operation the path below the channel's, as {@code contacts/setTag}
 * @param query the parameters of the query
 * @param contentType the type of the body, or {@code null} without one
 * @param body the body, or a missing node if there was none, or no JSON
 * @param status the status of the answer, or 0 if there was none
 */
public record ApiRequest(Instant at, String method, String path, @Nullable Channel channel, String operation,
		Map<String, String> query, @Nullable String contentType, JsonNode body, int status) {

	ApiRequest withStatus(int status) {
		return new ApiRequest(this.at, this.method, this.path, this.channel, this.operation, this.query,
				this.contentType, this.body, status);
	}

}
