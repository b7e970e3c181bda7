package io.pulsehook.receive;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

import io.pulsehook.failure.StackFrames;
import io.pulsehook.inbox.model.Receipt;

/**
 * All answers that a webhook request can get.
 */
final class Answers {

	private static final Log logger = LogFactory.getLog(Answers.class);

	private static final Map<String, String> CLOSE = Map.of(HttpHeaders.CONNECTION, "close");

	static final Answer UNKNOWN_TOKEN = Answer.problem(RequestOutcome.UNKNOWN_TOKEN, HttpStatus.NOT_FOUND,
			"No webhook is received at this address.", CLOSE);

	static final Answer ADDRESS = Answer.problem(RequestOutcome.ADDRESS, HttpStatus.FORBIDDEN,
			"Nothing is received from this address.");

	static final Answer PROBE = new Answer(RequestOutcome.PROBE, HttpStatus.OK.value(), Map.of(), new byte[0]);

	static final Answer METHOD = Answer.problem(RequestOutcome.METHOD, HttpStatus.METHOD_NOT_ALLOWED,
			"Events are sent with POST.", Map.of(HttpHeaders.ALLOW, "GET, HEAD, POST"));

	static final Answer ENCODING = Answer.problem(RequestOutcome.ENCODING, HttpStatus.UNSUPPORTED_MEDIA_TYPE,
			"Bodies are received without Content-Encoding only.", Map.of(HttpHeaders.ACCEPT_ENCODING, "identity"));

	static final Answer TOO_LARGE = Answer.problem(RequestOutcome.TOO_LARGE, HttpStatus.CONTENT_TOO_LARGE,
			"The body is larger than what is received here.", CLOSE);

	static final Answer TIMEOUT = Answer.problem(RequestOutcome.TIMEOUT, HttpStatus.REQUEST_TIMEOUT,
			"The body did not arrive in time.", CLOSE);

	static final Answer ABORTED = Answer.problem(RequestOutcome.ABORTED, HttpStatus.BAD_REQUEST,
			"The body ended before it was complete.", CLOSE);

	private static final Answer UNAVAILABLE = refused(ReceiveException.unavailable(null));

	static final Answer CROWDED = UNAVAILABLE.closing();

	private static final Map<String, String> JSON = Map.of(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);

	private Answers() {
	}

	static Answer accepted(Receipt receipt) {
		String body = "{\"accepted\":" + receipt.accepted() + ",\"duplicates\":" + receipt.duplicates()
				+ ",\"unrecognized\":" + receipt.unrecognized() + "}";
		return new Answer(RequestOutcome.ACCEPTED, HttpStatus.OK.value(), JSON,
				body.getBytes(StandardCharsets.ISO_8859_1));
	}

	static Answer refused(ReceiveException refusal) {
		return Answer.problem(refusal.outcome(), HttpStatus.valueOf(refusal.getStatusCode().value()), refusal.detail(),
				refusal.getHeaders().toSingleValueMap());
	}

	/**
	 * Logs a failure of the service itself and returns its answer. It is the 503 of any
	 * outage, because all that a sender can do is to try again.
	 * @param thrown what went wrong
	 * @return the answer
	 */
	static Answer failed(Throwable thrown) {
		logger.error("A webhook was not received and is answered with 503: " + StackFrames.of(thrown));
		return UNAVAILABLE;
	}

}
