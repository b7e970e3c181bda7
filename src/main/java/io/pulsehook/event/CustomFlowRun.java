package io.pulsehook.event;

/**
 * A flow was launched by a custom trigger: {@code run_custom_flow}. SendPulse's page
 * promises data of the flow, but its example has none. If such data comes, it is in
 * {@link #info()}.
 *
 * @param details what every chatbot event carries
 */
public record CustomFlowRun(ChatbotDetails details) implements ChatbotEvent {

}
