package io.pulsehook.event;

/**
 * A user clicked through a button's link: {@code link_click}. SendPulse's page promises
 * the link, but its example has none. If the link comes, it is in {@link #info()}.
 *
 * @param details what every chatbot event carries
 */
public record LinkClick(ChatbotDetails details) implements ChatbotEvent {

}
