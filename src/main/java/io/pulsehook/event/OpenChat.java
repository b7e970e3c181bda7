package io.pulsehook.event;

/**
 * A user reached an action that opens the live chat: {@code open_chat}.
 *
 * @param details what every chatbot event carries
 */
public record OpenChat(ChatbotDetails details) implements ChatbotEvent {

}
