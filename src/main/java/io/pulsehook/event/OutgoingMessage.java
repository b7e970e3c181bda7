package io.pulsehook.event;

/**
 * A message to a user: {@code outgoing_message}. A message that your own API calls send
 * comes back as this event too, so a handler that replies to it would loop.
 *
 * @param details what every chatbot event carries
 */
public record OutgoingMessage(ChatbotDetails details) implements MessageEvent {

}
