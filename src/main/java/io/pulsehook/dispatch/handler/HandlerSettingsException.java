package io.pulsehook.dispatch.handler;

import org.jspecify.annotations.Nullable;

/**
 * Thrown at the start when the settings of a handler cannot be used. The message names
 * the handler, the setting and its value, and {@link #action()} says what to change.
 */
public class HandlerSettingsException extends RuntimeException {

	private final String action;

	/**
	 * Creates the exception.
	 * @param message what is wrong
	 * @param action what the author or the operator of the handler can do about it
	 * @param cause what led to it, or {@code null}
	 */
	public HandlerSettingsException(String message, String action, @Nullable Throwable cause) {
		super(message, cause);
		this.action = action;
	}

	/**
	 * Says what to do about it.
	 * @return a sentence or more
	 */
	public String action() {
		return this.action;
	}

}
