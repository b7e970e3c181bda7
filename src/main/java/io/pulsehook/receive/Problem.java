package io.pulsehook.receive;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * A problem detail (RFC 9457). It has no {@code instance}, which would repeat the address
 * and with it the token.
 *
 * @param type {@code about:blank}: the status says it all
 * @param title the status in words
 * @param status the HTTP status
 * @param detail what was wrong with this request
 */
record Problem(String type, String title, int status, String detail) {

	private static final JsonMapper JSON = JsonMapper.shared();

	static Answer answer(Outcome outcome, HttpStatus status, String detail) {
		return answer(outcome, status, detail, Map.of());
	}

	static Answer answer(Outcome outcome, HttpStatus status, String detail, Map<String, String> headers) {
		Map<String, String> all = new LinkedHashMap<>(headers);
		all.put(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		Problem problem = new Problem("about:blank", status.getReasonPhrase(), status.value(), detail);
		return new Answer(outcome, status.value(), all, JSON.writeValueAsBytes(problem));
	}

}
