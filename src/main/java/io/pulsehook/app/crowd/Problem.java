package io.pulsehook.app.crowd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * A problem detail (RFC 9457) for a request that goes no further. The connection is
 * closed behind it.
 */
public final class Problem {

	private final int status;

	private final byte[] body;

	/**
	 * Creates the problem.
	 * @param status the HTTP status
	 * @param detail what was wrong with the request, in words that stand in JSON as they
	 * are
	 */
	public Problem(HttpStatus status, String detail) {
		this.status = status.value();
		this.body = "{\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
			.formatted(status.getReasonPhrase(), status.value(), detail)
			.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Answers a request with it.
	 * @param response the answer, of which nothing has been written
	 * @throws IOException if the client is gone
	 */
	public void writeTo(HttpServletResponse response) throws IOException {
		response.setStatus(this.status);
		response.setHeader(HttpHeaders.CONNECTION, "close");
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		response.setContentLength(this.body.length);
		response.getOutputStream().write(this.body);
	}

}
