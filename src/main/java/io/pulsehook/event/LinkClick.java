package io.pulsehook.event;

/**
 * A user clicked through a button's link: {@code link_click}. The page promises the link,
 * its example has none; should it come, it is in {@link #info()}.
 *
 * @param details what every chatbot event carries
 */
public record LinkClick(ChatbotDetails details) implements ChatbotEvent {

}
