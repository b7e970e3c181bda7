package io.pulsehook.event;

/**
 * A user unsubscribed from the bot: {@code unsubscribe}.
 *
 * @param details what every chatbot event carries
 */
public record Unsubscribe(ChatbotDetails details) implements ChatbotEvent {

}
