package io.pulsehook.dispatch.handler;

import io.pulsehook.event.filter.InvalidFilterException;

/**
 * Thrown when a handler's filter cannot be used. The message names the handler, the key
 * and the pattern, and {@link #action()} says what can be written instead.
 */
public class HandlerFilterException extends HandlerSettingsException {

	HandlerFilterException(String handler, InvalidFilterException cause) {
		super("Handler '%s' has %s.".formatted(handler, cause.getMessage()), cause.action(), cause);
	}

}
