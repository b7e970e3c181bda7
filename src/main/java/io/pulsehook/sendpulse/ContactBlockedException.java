package io.pulsehook.sendpulse;

/**
 * Thrown when the contact cannot be written to: the person has blocked the bot or
 * unsubscribed, or the contact is disabled in SendPulse.
 */
public final class ContactBlockedException extends CallRefusedException {

	ContactBlockedException(String message, int status) {
		super(message, status);
	}

}
