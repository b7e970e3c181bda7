package io.pulsehook.event;

/**
 * A user blocked the bot's messages: {@code bot_block}.
 *
 * @param details what every chatbot event carries
 */
public record BotBlock(ChatbotDetails details) implements ChatbotEvent {

}
