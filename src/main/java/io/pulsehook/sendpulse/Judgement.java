package io.pulsehook.sendpulse;

import java.time.Duration;
import java.time.InstantSource;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;

import io.pulsehook.RetryLaterException;
import io.pulsehook.dispatch.rest.RetryLater;

/**
 * Decides what an answer means, by its status and by what its body says. No exception
 * quotes the answer, which can quote the call.
 */
final class Judgement {

	/** What SendPulse says when there were more than ten calls within a second. */
	private static final long TOO_MANY_CALLS = 2020202020;

	/** What SendPulse says with a 404, without a word on what is missing. */
	private static final Pattern NOTHING_THERE = Pattern.compile("resource.{0,20}not found", Pattern.CASE_INSENSITIVE);

	/** The pause if SendPulse asks for one and does not say how long. */
	private static final Duration PAUSE = Duration.ofSeconds(1);

	private final InstantSource clock;

	Judgement(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * Returns what was answered to a call that worked.
	 * @param call what was done and where, for the messages of exceptions
	 * @param subject what the call is about
	 * @param response the answer as it came
	 * @throws CallRefusedException if no attempt can succeed
	 * @throws RetryLaterException if SendPulse asks for a pause
	 * @throws SendPulseException if it failed in any other way
	 */
	Answer of(String call, Subject subject, ResponseEntity<byte[]> response) {
		HttpStatusCode status = response.getStatusCode();
		Answer answer = Answer.read(response.getBody());
		Duration pause = pause(response, answer);
		if (pause != null) {
			throw new RetryLaterException(pause, failure(call, status, answer, "SendPulse asks for a pause"));
		}
		if (answer == null) {
			throw failure(call, status, null, "that is not JSON, as something on the way or a fault would answer");
		}
		if (status.is2xxSuccessful() && !answer.saysNo()) {
			return answer;
		}
		Refusal refusal = refusal(subject, status, answer);
		if (refusal != null) {
			throw refusal.exception(message(call, status, answer, refusal.meaning()), status.value());
		}
		throw failure(call, status, answer, "the call did not work");
	}

	private @Nullable Duration pause(ResponseEntity<byte[]> response, @Nullable Answer answer) {
		HttpStatusCode status = response.getStatusCode();
		Duration asked = RetryLater.asked(status, response.getHeaders(), this.clock.instant());
		if (asked != null) {
			return asked;
		}
		Long code = (answer != null) ? answer.errorCode() : null;
		boolean tooMany = status.isSameCodeAs(HttpStatus.TOO_MANY_REQUESTS) || (code != null && code == TOO_MANY_CALLS);
		return tooMany ? PAUSE : null;
	}

	private static @Nullable Refusal refusal(Subject subject, HttpStatusCode status, Answer answer) {
		if (subject == Subject.ACCOUNT || status.is5xxServerError() || status.isSameCodeAs(HttpStatus.UNAUTHORIZED)) {
			return null;
		}
		String text = answer.errorText();
		boolean nothingThere = status.isSameCodeAs(HttpStatus.NOT_FOUND) && NOTHING_THERE.matcher(text).find();
		return (nothingThere && subject == Subject.CONTACT) ? Refusal.UNKNOWN_CONTACT : Refusal.in(text);
	}

	private static SendPulseException failure(String call, HttpStatusCode status, @Nullable Answer answer,
			String meaning) {
		return new SendPulseException(message(call, status, answer, meaning), status.value());
	}

	private static String message(String call, HttpStatusCode status, @Nullable Answer answer, String meaning) {
		StringBuilder message = new StringBuilder("SendPulse answered ").append(call)
			.append(" with ")
			.append(status.value());
		Long code = (answer != null) ? answer.errorCode() : null;
		if (code != null) {
			message.append(", error code ").append(code);
		}
		if (answer != null && !answer.wrongParameters().isEmpty()) {
			message.append(", wrong: ").append(String.join(", ", answer.wrongParameters()));
		}
		return message.append(": ").append(meaning).append('.').toString();
	}

}
