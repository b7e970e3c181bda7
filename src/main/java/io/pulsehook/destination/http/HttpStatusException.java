package io.pulsehook.destination.http;

import org.springframework.http.HttpStatusCode;

import io.pulsehook.dispatch.handler.DestinationException;

/**
 * Thrown when another system answered a post with a status that is no success.
 */
public final class HttpStatusException extends DestinationException {

	private final HttpStatusCode status;

	private final String body;

	HttpStatusException(String message, HttpStatusCode status, String body, String answer) {
		super(message, answer);
		this.status = status;
		this.body = body;
	}

	/**
	 * Returns the status of the answer.
	 * @return any but a success
	 */
	public HttpStatusCode status() {
		return this.status;
	}

	/**
	 * Returns the beginning of the answer's body.
	 * @return its first kilobyte, in which what was secret in the post is replaced; empty
	 * if there was none
	 */
	public String body() {
		return this.body;
	}

}
