package io.pulsehook.dispatch.handler;

/**
 * Thrown when a handler does not declare which events it receives. The message names the
 * handler, and {@link #action()} says what to declare.
 */
public class HandlerTypeException extends RuntimeException {

	private final String action;

	HandlerTypeException(String handler, String declared) {
		super("Handler '%s' is declared as %s, so it would receive nothing.".formatted(handler, declared));
		this.action = "Declare the event type in the bean method's return type or in the class, for example "
				+ "EventHandler<IncomingMessage>, or EventHandler<Event> for all.";
	}

	/**
	 * Says what the author of the handler can do about it.
	 * @return a sentence
	 */
	public String action() {
		return this.action;
	}

}
