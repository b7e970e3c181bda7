package io.pulsehook.event;

/**
 * A message or a comment from a user: {@code incoming_message}. It can also be the echo
 * of an own message, see {@link #isEcho()}.
 *
 * @param details what every chatbot event carries
 */
public record IncomingMessage(ChatbotDetails details) implements MessageEvent {

}
