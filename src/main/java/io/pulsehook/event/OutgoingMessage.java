package io.pulsehook.event;

/**
 * A message to a user: {@code outgoing_message}. What one's own API calls send comes back
 * as this too, so a handler that replies to it loops.
 *
 * @param details what every chatbot event carries
 */
public record OutgoingMessage(ChatbotDetails details) implements MessageEvent {

}
