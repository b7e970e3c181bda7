package io.pulsehook.receive;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

import io.pulsehook.web.Problem;

/**
 * The HTTP answer to a webhook request.
 *
 * @param outcome how the request ended
 * @param status the HTTP status
 * @param headers the headers besides {@code Content-Length}
 * @param body the bytes of the body, which may be empty
 */
record Answer(RequestOutcome outcome, int status, Map<String, String> headers, byte[] body) {

	static Answer problem(RequestOutcome outcome, HttpStatus status, String detail) {
		return problem(outcome, status, detail, Map.of());
	}

	static Answer problem(RequestOutcome outcome, HttpStatus status, String detail, Map<String, String> headers) {
		Map<String, String> all = new LinkedHashMap<>(headers);
		all.put(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		return new Answer(outcome, status.value(), all, new Problem(status, detail).toJson());
	}

	Answer closing() {
		Map<String, String> closing = new LinkedHashMap<>(this.headers);
		closing.put(HttpHeaders.CONNECTION, "close");
		return new Answer(this.outcome, this.status, closing, this.body);
	}

	void writeTo(HttpServletResponse response) throws IOException {
		if (response.getStatus() != HttpServletResponse.SC_OK) {
			// A container that could not read a body has begun an error page of its own,
			// which reset() discards.
			response.reset();
		}
		response.setStatus(this.status);
		this.headers.forEach(response::setHeader);
		response.setContentLength(this.body.length);
		response.getOutputStream().write(this.body);
	}

}
