package io.pulsehook.sendpulse;

/**
 * Thrown when a text is longer than the channel takes.
 */
public final class TextTooLongException extends CallRefusedException {

	TextTooLongException(String message, int status) {
		super(message, status);
	}

}
