package io.pulsehook.sendpulse;

import io.pulsehook.UnrecoverableEventException;

/**
 * Thrown when SendPulse refuses a call for a reason that another attempt cannot mend. A
 * handler that lets it through makes the delivery a dead letter at once.
 */
public abstract sealed class CallRefusedException extends UnrecoverableEventException
		permits OutsideWindowException, ContactBlockedException, UnknownContactException, TextTooLongException {

	private final int status;

	CallRefusedException(String message, int status) {
		super(message);
		this.status = status;
	}

	/**
	 * Returns the status of the answer.
	 * @return the HTTP status, which can be 200: some refusals show in the body alone
	 */
	public final int getStatus() {
		return this.status;
	}

}
