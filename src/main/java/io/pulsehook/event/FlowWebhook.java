package io.pulsehook.event;

/**
 * A user reached an element "Send a webhook" of a flow, whose author chose the title; or
 * a chatbot event of a title that the page does not document.
 *
 * @param details what every chatbot event carries
 */
public record FlowWebhook(ChatbotDetails details) implements ChatbotEvent {

}
