package io.pulsehook.dispatch.handler;

/**
 * Thrown when a handler does not declare which events it receives, or cannot be run as it
 * is declared. The message names the handler, and {@link #action()} says what to declare.
 */
public final class HandlerTypeException extends RuntimeException {

	private final String action;

	private HandlerTypeException(String message, String action) {
		super(message);
		this.action = action;
	}

	static HandlerTypeException undeclared(String handler, String declared) {
		return new HandlerTypeException(
				"Handler '%s' is declared as %s, so it would receive nothing.".formatted(handler, declared),
				"Declare the event type in the bean method's return type or in the class, for example "
						+ "EventHandler<IncomingMessage>, or EventHandler<Event> for all.");
	}

	static HandlerTypeException undeclaredBursts(String handler, String declared) {
		return new HandlerTypeException(
				"Handler '%s' is declared as %s, so it would receive nothing.".formatted(handler, declared),
				"Declare a type of chatbot events in the bean method's return type or in the class, for example "
						+ "BurstHandler<IncomingMessage>, or BurstHandler<ChatbotEvent> for all.");
	}

	static HandlerTypeException both(String handler) {
		return new HandlerTypeException(
				"Handler '%s' is an EventHandler and a BurstHandler, so nobody knows which of both to call."
					.formatted(handler),
				"Make two beans of it: each name stands for one handler.");
	}

	static HandlerTypeException unordered(String handler) {
		return new HandlerTypeException(
				"Handler '%s' is a BurstHandler without order, so it would receive each event alone."
					.formatted(handler),
				"Set pulsehook.handlers.%s.ordering=key, or declare an EventHandler.".formatted(handler));
	}

	/**
	 * Says what the author of the handler can do about it.
	 * @return a sentence
	 */
	public String action() {
		return this.action;
	}

}
