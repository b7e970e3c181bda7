package io.pulsehook.dispatch.handler;

/**
 * A handler does not say what it wants to receive: the message names it,
 * {@link #action()} says what to write instead.
 */
public class HandlerTypeException extends RuntimeException {

	private final String action;

	HandlerTypeException(String handler, String declared) {
		super("Handler '%s' is declared as %s, so it would receive nothing.".formatted(handler, declared));
		this.action = "Declare the event type in the bean method's return type or in the class, for example "
				+ "EventHandler<IncomingMessage>, or EventHandler<Event> for all.";
	}

	/**
	 * What the author of the handler can do about it.
	 * @return a sentence
	 */
	public String action() {
		return this.action;
	}

}
