package io.pulsehook.sendpulse;

/**
 * Thrown when SendPulse does not know the contact, for example since it was deleted.
 */
public final class UnknownContactException extends CallRefusedException {

	UnknownContactException(String message, int status) {
		super(message, status);
	}

}
