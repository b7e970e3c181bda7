package io.pulsehook.dispatch.handler;

import io.pulsehook.event.filter.InvalidFilterException;

/**
 * Thrown when a handler's filter cannot be used. The message names the handler, the key
 * and the pattern, and {@link #action()} says what can be written instead.
 */
public class HandlerFilterException extends RuntimeException {

	private final String action;

	HandlerFilterException(String handler, InvalidFilterException cause) {
		super("Handler '%s' has %s.".formatted(handler, cause.getMessage()), cause);
		this.action = cause.action();
	}

	/**
	 * Says what the author of the handler can do about it.
	 * @return a sentence or more
	 */
	public String action() {
		return this.action;
	}

}
