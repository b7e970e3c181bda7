package io.pulsehook.receive;

import java.io.IOException;
import java.util.Map;

import jakarta.servlet.http.HttpServletResponse;

/**
 * What a request is answered.
 *
 * @param outcome how the request ended
 * @param status the HTTP status
 * @param headers the headers besides {@code Content-Length}
 * @param body the bytes, possibly none
 */
record Answer(Outcome outcome, int status, Map<String, String> headers, byte[] body) {

	void writeTo(HttpServletResponse response) throws IOException {
		if (response.getStatus() != HttpServletResponse.SC_OK) {
			// A container that could not read a body has put its own error page there.
			response.reset();
		}
		response.setStatus(this.status);
		this.headers.forEach(response::setHeader);
		response.setContentLength(this.body.length);
		response.getOutputStream().write(this.body);
	}

}
