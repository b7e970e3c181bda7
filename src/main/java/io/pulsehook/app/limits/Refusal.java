package io.pulsehook.app.limits;

import java.io.IOException;
import java.util.Locale;

import org.apache.catalina.connector.Response;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

import io.pulsehook.web.Problem;

/**
 * The answers to requests that the guard refuses. The connection is closed, and nothing
 * more is read from it.
 */
enum Refusal {

	/** All places are taken. */
	CROWDED(HttpStatus.SERVICE_UNAVAILABLE, "Too many requests are in progress. Send the same request again later."),

	/** The body has too many bytes. */
	TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is larger than what is accepted here."),

	/** The body took too long. */
	TOO_SLOW(HttpStatus.REQUEST_TIMEOUT, "The body did not arrive in time."),

	/** The body is broken. */
	BROKEN(HttpStatus.BAD_REQUEST, "The body cannot be read.");

	private final Problem problem;

	Refusal(HttpStatus status, String detail) {
		this.problem = new Problem(status, detail);
	}

	String reason() {
		return name().toLowerCase(Locale.ROOT);
	}

	void send(Response response) throws IOException {
		if (this == CROWDED) {
			response.setHeader(HttpHeaders.RETRY_AFTER, "5");
		}
		this.problem.writeAndClose(response);
		response.finishResponse();
	}

}
