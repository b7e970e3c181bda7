package io.pulsehook.app.crowd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.apache.catalina.connector.Response;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * What is answered to a request that goes no further. The connection is closed, and
 * nothing more is read.
 */
enum Refusal {

	/** There is no place. */
	CROWDED(HttpStatus.SERVICE_UNAVAILABLE, "Too many requests are in progress. Send the same request again later."),

	/** The body has too many bytes. */
	TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is larger than what is accepted here."),

	/** The body took too long. */
	TOO_SLOW(HttpStatus.REQUEST_TIMEOUT, "The body did not arrive in time."),

	/** The body is broken. */
	BROKEN(HttpStatus.BAD_REQUEST, "The body cannot be read.");

	private final int status;

	private final byte[] body;

	Refusal(HttpStatus status, String detail) {
		this.status = status.value();
		this.body = "{\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
			.formatted(status.getReasonPhrase(), status.value(), detail)
			.getBytes(StandardCharsets.UTF_8);
	}

	void send(Response response) throws IOException {
		response.setStatus(this.status);
		response.setHeader(HttpHeaders.CONNECTION, "close");
		if (this == CROWDED) {
			response.setHeader(HttpHeaders.RETRY_AFTER, "5");
		}
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		response.setContentLength(this.body.length);
		response.getOutputStream().write(this.body);
		response.finishResponse();
	}

}
