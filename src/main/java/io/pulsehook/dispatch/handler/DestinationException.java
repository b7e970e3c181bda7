package io.pulsehook.dispatch.handler;

import org.jspecify.annotations.Nullable;

import io.pulsehook.failure.Discreet;

/**
 * Thrown when another system did not take an event.
 */
public class DestinationException extends Exception implements Discreet {

	private final @Nullable String answer;

	/**
	 * Creates the exception.
	 * @param message what happened, without anything secret: it is shown as the error of
	 * the attempt, logged, and told in alarms
	 * @param answer the beginning of what the other system answered, shown with the
	 * attempt only, or {@code null} if it answered nothing
	 */
	public DestinationException(String message, @Nullable String answer) {
		super(message);
		this.answer = answer;
	}

	/**
	 * Returns what the other system answered.
	 * @return the beginning of the answer, or {@code null} if there was none
	 */
	public final @Nullable String answer() {
		return this.answer;
	}

}
