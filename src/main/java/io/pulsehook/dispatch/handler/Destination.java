package io.pulsehook.dispatch.handler;

/**
 * Passes events on to another system. It is run like a handler bean; what the other
 * system answered is shown with each attempt.
 */
@FunctionalInterface
public interface Destination {

	/**
	 * Passes an event on.
	 * @param event the event
	 * @return what the other system answered, in one line without anything secret, such
	 * as {@code 204 No Content}
	 * @throws DestinationException if it did not take the event; also as the cause of
	 * another exception
	 * @throws DestinationGoneException if it asks to be sent nothing more
	 * @throws io.pulsehook.RetryLaterException if it asks for a pause
	 * @throws Exception if anything else fails
	 */
	String send(OutgoingEvent event) throws Exception;

}
