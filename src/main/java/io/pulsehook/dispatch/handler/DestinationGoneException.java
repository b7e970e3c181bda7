package io.pulsehook.dispatch.handler;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when another system asks to be sent nothing more, as the status 410 does by
 * Standard Webhooks. Its destination is paused until somebody resumes it; the delivery
 * has spent no retry and waits.
 */
public class DestinationGoneException extends DestinationException {

	/**
	 * Creates the exception.
	 * @param message what happened, without anything secret
	 * @param answer the beginning of what the other system answered, or {@code null}
	 */
	public DestinationGoneException(String message, @Nullable String answer) {
		super(message, answer);
	}

}
