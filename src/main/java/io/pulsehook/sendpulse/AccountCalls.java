package io.pulsehook.sendpulse;

import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClientException;

/**
 * Makes the calls of an account, decides what their answers mean, and notices whether the
 * login is refused.
 */
final class AccountCalls {

	/** The answers to a login that gives no token. */
	private static final Set<Integer> NO_TOKEN = Set.of(HttpStatus.BAD_REQUEST.value(), HttpStatus.UNAUTHORIZED.value(),
			HttpStatus.FORBIDDEN.value(), HttpStatus.UNPROCESSABLE_CONTENT.value());

	/** The answer to a call that carries a token which does not count. */
	private static final Set<Integer> BAD_TOKEN = Set.of(HttpStatus.UNAUTHORIZED.value());

	private final LoginState state;

	private final Judgement judgement;

	AccountCalls(LoginState state, InstantSource clock) {
		this.state = state;
		this.judgement = new Judgement(clock);
	}

	/**
	 * Logs in.
	 * @param call makes the call
	 * @return the answer with the token
	 */
	Answer login(Supplier<ResponseEntity<byte[]>> call) {
		String name = "the login";
		ResponseEntity<byte[]> response = send(name, call);
		refuse(name, response, NO_TOKEN);
		return this.judgement.of(name, Subject.ACCOUNT, response);
	}

	/**
	 * Makes any other call.
	 * @param name what is done and where, for the messages of exceptions
	 * @param subject what it is about
	 * @param call makes the call
	 * @return the answer of a call that worked
	 */
	Answer call(String name, Subject subject, Supplier<ResponseEntity<byte[]>> call) {
		ResponseEntity<byte[]> response = send(name, call);
		refuse(name, response, BAD_TOKEN);
		// A server that has a fault may not have looked at the token.
		if (!response.getStatusCode().is5xxServerError()) {
			this.state.accepted();
		}
		return this.judgement.of(name, subject, response);
	}

	// The exception of the client is not kept, since its message has the address with the
	// id or the phone of a contact.
	private static ResponseEntity<byte[]> send(String name, Supplier<ResponseEntity<byte[]>> call) {
		try {
			return call.get();
		}
		catch (RestClientException ex) {
			throw new SendPulseException("SendPulse did not answer " + name + ": " + reason(ex) + ".", null);
		}
	}

	private static String reason(RestClientException failure) {
		Throwable cause = failure.getCause();
		return ((cause != null) ? cause : failure).getClass().getSimpleName();
	}

	private void refuse(String name, ResponseEntity<byte[]> response, Set<Integer> refusals) {
		int status = response.getStatusCode().value();
		if (refusals.contains(status)) {
			this.state.refused(status);
			throw new LoginRefusedException("SendPulse answered " + name + " with " + status
					+ ": it refuses the login of the account " + this.state.account() + ".", status);
		}
	}

}
