package io.pulsehook.web;

import java.io.IOException;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * A problem detail (RFC 9457) that is written without Spring MVC. It has no
 * {@code instance}, which would repeat the address of the request and with it the token.
 *
 * @param type {@code about:blank}, because the status says it all
 * @param title the status in words
 * @param status the HTTP status
 * @param detail what was wrong with the request
 */
public record Problem(String type, String title, int status, String detail) {

	private static final JsonMapper JSON = JsonMapper.shared();

	/**
	 * Creates a problem.
	 * @param status the HTTP status
	 * @param detail what was wrong with the request
	 */
	public Problem(HttpStatus status, String detail) {
		this("about:blank", status.getReasonPhrase(), status.value(), detail);
	}

	/**
	 * The body of the answer.
	 * @return the problem as JSON
	 */
	public byte[] toJson() {
		return JSON.writeValueAsBytes(this);
	}

	/**
	 * Answers a request with the problem and closes the connection, so that nothing more
	 * of the request is read.
	 * @param response the answer, of which nothing has been written
	 * @throws IOException if the client is gone
	 */
	public void writeAndClose(HttpServletResponse response) throws IOException {
		byte[] body = toJson();
		response.setStatus(this.status);
		response.setHeader(HttpHeaders.CONNECTION, "close");
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		response.setContentLength(body.length);
		response.getOutputStream().write(body);
	}

}
