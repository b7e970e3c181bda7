package io.pulsehook.receive;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * Thrown when a body was not received. Spring MVC answers it with the right status by
 * itself, so that a controller need not catch it: 400 if the body is no JSON (it is kept
 * all the same, as an {@link io.pulsehook.event.UnrecognizedEvent}, unless it is empty),
 * 413 if it has too many elements or bytes (nothing is kept), and 503 with
 * {@code Retry-After} if nothing could be stored in time (sending it again later is
 * safe).
 */
public final class ReceiveException extends ErrorResponseException {

	private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

	private final RequestOutcome outcome;

	private ReceiveException(RequestOutcome outcome, HttpStatus status, String detail, @Nullable Throwable cause) {
		super(status, ProblemDetail.forStatusAndDetail(status, detail), cause);
		this.outcome = outcome;
	}

	static ReceiveException malformed(String detail) {
		return new ReceiveException(RequestOutcome.MALFORMED, HttpStatus.BAD_REQUEST, detail, null);
	}

	static ReceiveException tooManyElements(int limit) {
		return tooLarge("The body has more than " + limit + " elements. Send them in several requests.");
	}

	/**
	 * Says that a body has too many bytes.
	 * @param limit how many a body may have
	 * @return the exception to throw
	 */
	public static ReceiveException tooManyBytes(long limit) {
		return tooLarge("The body has more than " + limit + " bytes. Send its elements in several requests.");
	}

	private static ReceiveException tooLarge(String detail) {
		return new ReceiveException(RequestOutcome.TOO_LARGE, HttpStatus.CONTENT_TOO_LARGE, detail, null);
	}

	static ReceiveException unavailable(@Nullable Throwable cause) {
		ReceiveException unavailable = new ReceiveException(RequestOutcome.UNAVAILABLE, HttpStatus.SERVICE_UNAVAILABLE,
				"Nothing was stored. Send the same request again later.", cause);
		unavailable.getHeaders().set(HttpHeaders.RETRY_AFTER, String.valueOf(RETRY_AFTER.toSeconds()));
		return unavailable;
	}

	/**
	 * The outcome under which the request that brought the body is counted.
	 */
	RequestOutcome outcome() {
		return this.outcome;
	}

	String detail() {
		return String.valueOf(getBody().getDetail());
	}

}
