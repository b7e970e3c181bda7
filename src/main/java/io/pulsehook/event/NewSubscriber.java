package io.pulsehook.event;

/**
 * A user subscribed to the bot: {@code new_subscriber}.
 *
 * @param details what every chatbot event carries
 */
public record NewSubscriber(ChatbotDetails details) implements ChatbotEvent {

}
