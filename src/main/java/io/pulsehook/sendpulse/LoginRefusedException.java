package io.pulsehook.sendpulse;

/**
 * Thrown when SendPulse refuses the client id and secret or the API key of an account, or
 * goes on to refuse the token that it has just given. Nothing can be called until the
 * account's properties are set right.
 */
public class LoginRefusedException extends SendPulseException {

	LoginRefusedException(String message, int status) {
		super(message, status);
	}

}
