package io.pulsehook.sendpulse;

/**
 * Thrown when the contact has not written for 24 hours, after which the channel takes no
 * ordinary message any more. WhatsApp still takes a template then.
 */
public final class OutsideWindowException extends CallRefusedException {

	OutsideWindowException(String message, int status) {
		super(message, status);
	}

}
