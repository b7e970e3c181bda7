package io.pulsehook.test.sendpulse;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer of the server.
 *
 * @param status the status
 * @param headers headers besides the usual ones
 * @param contentType what the body is
 * @param body the body
 */
record Reply(int status, Map<String, String> headers, String contentType, String body) {

	static final JsonMapper MAPPER = new JsonMapper();

	static Reply of(int status, String json) {
		return new Reply(status, Map.of(), "application/json", json);
	}

	static Reply of(JsonNode json) {
		return of(200, json.toString());
	}

	static Reply unauthorized() {
		return of(401, """
				{"message":"Unauthorized!","error_code":401}""");
	}

	static Reply forbidden() {
		return of(403, """
				{"error_code":800,"message":"Unauthorized action."}""");
	}

	static Reply notFound() {
		return of(404, """
				{"message":"The requested resource was not found","error_code":404}""");
	}

	// The code is documented; the body around it is made up.
	static Reply tooManyRequests() {
		return of(429, """
				{"message":"Too many requests.","error_code":2020202020}""");
	}

	// Only the form is known, from other refusals of the fields of a request.
	static Reply invalid(Map<String, String> problems) {
		ObjectNode body = MAPPER.createObjectNode().put("message", "The given data was invalid.");
		ObjectNode errors = body.putObject("errors");
		new TreeMap<>(problems).forEach((field, problem) -> errors.set(field, MAPPER.valueToTree(List.of(problem))));
		return of(422, body.toString());
	}

}
